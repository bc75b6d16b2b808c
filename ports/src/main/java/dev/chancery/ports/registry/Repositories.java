package dev.chancery.ports.registry;

import dev.chancery.domain.oci.OciPlace;

/// Opens places of OCI content. Thread-safe; connections are shared between repositories of one host.
public interface Repositories {
    /// Opens a place for reading. Asks nothing of a registry yet.
    ///
    /// @throws RegistryException when settings can't be used, or a layout or archive isn't one
    Repository open(OciPlace place, RegistryAccess access) throws RegistryException;

    /// Opens a place for reading and writing; a layout or archive that isn't there is made.
    ///
    /// @throws RegistryException when settings can't be used, or a layout or archive isn't one
    Repository openForWriting(OciPlace place, RegistryAccess access) throws RegistryException;
}
