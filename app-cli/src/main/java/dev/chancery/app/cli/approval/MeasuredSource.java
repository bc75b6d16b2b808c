package dev.chancery.app.cli.approval;

import dev.chancery.ports.artifact.ArtifactSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// An artifact of which is known, once it was read to its end, how long it was: of the very bytes that were hashed. For one thread.
final class MeasuredSource implements ArtifactSource {
    private final ArtifactSource source;
    private long length;

    MeasuredSource(ArtifactSource source) {
        this.source = source;
    }

    /// How many bytes were read.
    long length() {
        return length;
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public InputStream open() throws IOException {
        length = 0;
        return new FilterInputStream(source.open()) {
            @Override
            public int read() throws IOException {
                int value = super.read();
                length += value < 0 ? 0 : 1;
                return value;
            }

            @Override
            public int read(byte[] buffer, int offset, int wanted) throws IOException {
                int read = super.read(buffer, offset, wanted);
                length += Math.max(0, read);
                return read;
            }
        };
    }
}
