package dev.chancery.adapters.oci.layout;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The files of a layout, by their names in it. Thread-safe.
interface LayoutFiles {
    /// Opens a file.
    ///
    /// @return nothing when there is none of that name
    Optional<InputStream> open(String name) throws IOException;

    /// Whether there is a file of that name.
    boolean exists(String name) throws IOException;
}
