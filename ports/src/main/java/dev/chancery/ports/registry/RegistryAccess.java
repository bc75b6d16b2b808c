package dev.chancery.ports.registry;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How registries may be reached.
///
/// @param plainHttp whether a registry that is not on loopback may be spoken to without TLS
/// @param credentialsOrNull docker's or podman's file with credentials, instead of those in the usual places
/// @param authoritiesOrNull PEM certificates of authorities that are trusted beside the system's
/// @param certificateOrNull PEM certificate of this client, and its chain
/// @param keyOrNull PEM key (PKCS#8) of that certificate
public record RegistryAccess(boolean plainHttp, @Nullable Path credentialsOrNull, @Nullable Path authoritiesOrNull,
        @Nullable Path certificateOrNull, @Nullable Path keyOrNull) {
    /// Nothing special.
    public static final RegistryAccess USUAL = new RegistryAccess(false, null, null, null, null);

    /// The file with credentials.
    public Optional<Path> credentials() {
        return Optional.ofNullable(credentialsOrNull);
    }

    /// The file with authorities.
    public Optional<Path> authorities() {
        return Optional.ofNullable(authoritiesOrNull);
    }
}
