package dev.chancery.app.cli.io;

import dev.chancery.ports.artifact.ArtifactSource;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/// Makes artifact sources from what stands on the command line.
public final class Artifacts {
    private Artifacts() {}

    /// `-` is standard input; anything else is a path. While it is read, a terminal shows how far that is.
    ///
    /// @throws FileProblem when it is neither, or can't be read
    public static ArtifactSource of(String argument, InputStream standardInput, Output output) throws FileProblem {
        return new Shown(argument.equals("-") ? new StandardInput(standardInput) : file(argument), output);
    }

    /// A path, whatever it looks like: in a batch standard input is none of the artifacts. It is looked at now, before anybody is asked for
    /// a PIN, and opened later.
    ///
    /// @throws FileProblem when it isn't one, or can't be read
    public static ArtifactSource file(String path) throws FileProblem {
        UserFiles.refuseUnreadable(path);
        return new RegularFile(UserFiles.path(path));
    }

    private record Shown(ArtifactSource source, Output output) implements ArtifactSource {
        @Override
        public String name() {
            return source.name();
        }

        @Override
        public InputStream open() throws IOException {
            long size = source instanceof RegularFile file && Files.isRegularFile(file.path()) ? Files.size(file.path()) : 0;
            return new ShownStream(source.open(), size, output.progress("reading " + name()));
        }
    }

    private record RegularFile(Path path) implements ArtifactSource {
        @Override
        public String name() {
            Path name = path.getFileName();
            return name == null ? path.toString() : name.toString();
        }

        @Override
        public InputStream open() throws IOException {
            if (Files.isDirectory(path)) {
                throw new IOException("it is a folder");
            }
            InputStream in = Files.newInputStream(path);
            return Files.isRegularFile(path) && Files.size(path) >= ReadAheadStream.WORTH_IT ? new ReadAheadStream(in) : in;
        }
    }

    private static final class StandardInput implements ArtifactSource {
        private final InputStream in;
        private boolean opened;

        StandardInput(InputStream in) {
            this.in = in;
        }

        @Override
        public String name() {
            return "-";
        }

        @Override
        public synchronized InputStream open() throws IOException {
            if (opened) {
                throw new IOException("standard input was read already and cannot be read twice");
            }
            opened = true;
            return new FilterInputStream(in) {
                @Override
                public void close() {
                    // Standard input belongs to the process.
                }
            };
        }
    }
}
