package dev.chancery.domain.oci;

/// Where OCI content lies.
public sealed interface OciPlace {
    /// A repository of a registry.
    ///
    /// @param host with the port, where one was given
    /// @param repository its name in that registry
    record Registry(String host, String repository) implements OciPlace {
        @Override
        public String toString() {
            return host + "/" + repository;
        }
    }

    /// A folder in the OCI image layout (image spec, image-layout.md).
    record Layout(String path) implements OciPlace {
        @Override
        public String toString() {
            return OciReference.LAYOUT + path;
        }
    }

    /// An OCI image layout in a tar file.
    record Archive(String path) implements OciPlace {
        @Override
        public String toString() {
            return OciReference.ARCHIVE + path;
        }
    }
}
