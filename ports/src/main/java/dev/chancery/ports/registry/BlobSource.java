package dev.chancery.ports.registry;

import java.io.IOException;
import java.io.InputStream;

/// Content that can be read several times.
@FunctionalInterface
public interface BlobSource {
    /// Opens it at its beginning.
    ///
    /// @throws IOException when it can't be read
    InputStream open() throws IOException;
}
