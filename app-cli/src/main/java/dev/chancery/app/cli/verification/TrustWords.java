package dev.chancery.app.cli.verification;

import dev.chancery.domain.signing.SignatureAlgorithm;
import org.jspecify.annotations.Nullable;

/// Whom to trust, as the command line or a line of a batch says it.
///
/// @param keyOrNull path of a PEM public key
/// @param algorithmOrNull the algorithm the user named for it
/// @param identityOrNull what a certificate's name must be
/// @param issuerOrNull who must vouch for that name
/// @param trustedRootOrNull path of a trusted root
public record TrustWords(
        @Nullable String keyOrNull,
        @Nullable SignatureAlgorithm algorithmOrNull,
        @Nullable MatchWords identityOrNull,
        @Nullable MatchWords issuerOrNull,
        @Nullable String trustedRootOrNull) {
    /// Whether anybody is named at all.
    public boolean isEmpty() {
        return keyOrNull == null && identityOrNull == null && issuerOrNull == null;
    }

    /// The same, with the trusted root of others where they name one.
    public TrustWords withRootOf(TrustWords others) {
        return others.trustedRootOrNull == null
                ? this
                : new TrustWords(keyOrNull, algorithmOrNull, identityOrNull, issuerOrNull, others.trustedRootOrNull);
    }

    /// A text that must be met, or a regular expression.
    public record MatchWords(String text, boolean regexp) {}
}
