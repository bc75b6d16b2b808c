package dev.chancery.app.cli.io;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/// A stream that says on the terminal how much of it was read.
final class ShownStream extends FilterInputStream {
    private static final long MEBIBYTE = 1 << 20;

    private final long size;
    private final Progress progress;
    private long done;

    /// @param size how long it is; 0 when that isn't known
    ShownStream(InputStream in, long size, Progress progress) {
        super(in);
        this.size = size;
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        count(octet < 0 ? 0 : 1);
        return octet;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int count = super.read(target, offset, length);
        count(count);
        return count;
    }

    /// As the stream itself does it best.
    @Override
    public long transferTo(OutputStream out) throws IOException {
        return in.transferTo(new FilterOutputStream(out) {
            @Override
            public void write(byte[] part, int offset, int length) throws IOException {
                out.write(part, offset, length);
                count(length);
            }
        });
    }

    private void count(int more) {
        done += Math.max(0, more);
        progress.at(size == 0 ? 0 : (double) done / size, done / MEBIBYTE + (size == 0 ? " MiB" : " of " + size / MEBIBYTE + " MiB"));
    }

    @Override
    public void close() throws IOException {
        progress.close();
        super.close();
    }
}
