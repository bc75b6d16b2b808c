package dev.chancery.domain.key;

import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// A key in the transit engine of HashiCorp Vault or OpenBao: `hashivault://KEY` or `openbao://KEY`, in cosign's spelling. A version
/// may follow as `/versions/N`, which cosign does not know. The server's address is a setting, not part of the URI.
/// Read with [KeyRef#parse(String)].
///
/// @param text the URI as given
/// @param keyOrNull the key's name; null for all keys of the engine (only for listing)
/// @param versionOrNull the version, from 1; null for the newest
public record HashiVaultKeyRef(String text, @Nullable String keyOrNull, @Nullable Integer versionOrNull) implements KeyRef {
    /// The key's name.
    public Optional<String> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// The version, from 1.
    public OptionalInt version() {
        return versionOrNull == null ? OptionalInt.empty() : OptionalInt.of(versionOrNull);
    }
}
