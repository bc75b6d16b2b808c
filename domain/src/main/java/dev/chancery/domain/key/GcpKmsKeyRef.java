package dev.chancery.domain.key;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A key in Google Cloud KMS: `gcpkms://projects/P/locations/L/keyRings/R/cryptoKeys/K[/cryptoKeyVersions/V]`, in cosign's spelling,
/// which also takes `/versions/V`. Read with [KeyRef#parse(String)].
///
/// @param text the URI as given
/// @param keyRing the ring's resource name, `projects/P/locations/L/keyRings/R`
/// @param keyOrNull the key's id in the ring; null for all keys of the ring (only for listing)
/// @param versionOrNull the version; null for the newest that is enabled
public record GcpKmsKeyRef(String text, String keyRing, @Nullable String keyOrNull, @Nullable String versionOrNull) implements KeyRef {
    /// The key's id in the ring.
    public Optional<String> key() {
        return Optional.ofNullable(keyOrNull);
    }

    /// The version.
    public Optional<String> version() {
        return Optional.ofNullable(versionOrNull);
    }
}
