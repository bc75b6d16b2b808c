package dev.chancery.app.cli.verification;

import dev.chancery.domain.signing.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/// Whom to trust, as the command line or a line of a batch says it.
///
/// @param keyOrNull path of a PEM public key
/// @param algorithmOrNull the algorithm the user named for it
public record TrustWords(@Nullable String keyOrNull, @Nullable SignatureAlgorithm algorithmOrNull) {
    /// Whether anybody is named at all.
    public boolean isEmpty() {
        return keyOrNull == null;
    }
}
