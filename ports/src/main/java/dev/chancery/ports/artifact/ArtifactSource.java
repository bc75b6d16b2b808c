package dev.chancery.ports.artifact;

import java.io.IOException;
import java.io.InputStream;

/// An artifact that can be read: a file, or standard input. Its size isn't known before it was read.
public interface ArtifactSource {
    /// The name by which statements and messages call it; text from outside.
    String name();

    /// Opens it from its beginning. The caller closes the stream. Blocks as files do.
    ///
    /// @throws IOException when it can't be opened, or a second time when it is standard input
    InputStream open() throws IOException;
}
