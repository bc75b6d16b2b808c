package dev.chancery.ports.trust;

import dev.chancery.domain.bytes.Bytes;
import java.util.Optional;

/// A mirror of a TUF repository: files by their names. It need not be trusted. Blocks.
public interface TufMirror {
    /// Its address, for messages.
    String name();

    /// A file.
    ///
    /// @param path below the mirror's address, such as `5.root.json`, `targets/….trusted_root.json`
    /// @param limit the most that is read, in bytes
    /// @return nothing when the mirror has no such file
    /// @throws TrustSourceException when it can't be reached, or the file is longer
    Optional<Bytes> fetch(String path, int limit) throws TrustSourceException;
}
