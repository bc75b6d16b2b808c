package dev.chancery.domain.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key in Azure Key Vault or a managed HSM: `azurekms://VAULT_HOST/KEY[/VERSION]`, in cosign's spelling.
/// Read with [KeyRef#parse(String)].
///
/// @param text the URI as given
/// @param host host name of the vault, and its port where it has one: `NAME.vault.azure.net`, `NAME.managedhsm.azure.net`
/// @param keyOrNull the key's name; null for all keys of the vault (only for listing)
/// @param versionOrNull the version; null for the current one
public record AzureKmsKeyRef(String text, String host, @Nullable String keyOrNull, @Nullable String versionOrNull) implements KeyRef {
    /// The key's name.
    public Optional<String> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// The version.
    public Optional<String> version() {
        return Optional.ofNullable(versionOrNull);
    }
}
