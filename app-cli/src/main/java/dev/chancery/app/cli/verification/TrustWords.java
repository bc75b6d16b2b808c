package dev.chancery.app.cli.verification;

import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whom to trust, as the command line or a line of a batch says it.
///
/// @param keyOrNull path of a PEM public key
/// @param algorithmOrNull the algorithm the user named for it
/// @param identityOrNull what a certificate's name must be
/// @param issuerOrNull who must vouch for that name
/// @param trustedRoots paths of trusted roots, which count together
public record TrustWords(
        @Nullable String keyOrNull,
        @Nullable SignatureAlgorithm algorithmOrNull,
        @Nullable MatchWords identityOrNull,
        @Nullable MatchWords issuerOrNull,
        List<String> trustedRoots) {
    public TrustWords {
        trustedRoots = List.copyOf(trustedRoots);
    }

    /// Whether anybody is named at all.
    public boolean isEmpty() {
        return keyOrNull == null && identityOrNull == null && issuerOrNull == null;
    }

    /// The same, with the trusted roots of others where they name any.
    public TrustWords withRootsOf(TrustWords others) {
        return others.trustedRoots.isEmpty()
                ? this
                : new TrustWords(keyOrNull, algorithmOrNull, identityOrNull, issuerOrNull, others.trustedRoots);
    }

    /// A text that must be met, or a regular expression.
    public record MatchWords(String text, boolean regexp) {}
}
