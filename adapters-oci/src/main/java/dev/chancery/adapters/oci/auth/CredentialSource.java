package dev.chancery.adapters.oci.auth;

import dev.chancery.ports.registry.RegistryException;
import java.util.Optional;

/// Finds the credential for a repository.
@FunctionalInterface
public interface CredentialSource {
    /// Blocks while files are read and a helper runs.
    ///
    /// @param host with its port, as the user wrote it
    /// @return nothing when the user has none there, which is no error: many registries give without
    /// @throws RegistryException.Unusable when a file or helper fails
    Optional<Credential> find(String host, String repository) throws RegistryException.Unusable;
}
