package dev.chancery.verification;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Whom the user trusts. Always given, never found.
public sealed interface Trust {
    /// One public key.
    ///
    /// @param algorithmOrNull the algorithm the user named for it; null for the one that follows from key and bundle
    record Key(PublicKey key, @Nullable SignatureAlgorithm algorithmOrNull) implements Trust {
        /// The algorithm the user named.
        public Optional<SignatureAlgorithm> algorithm() {
            return Optional.ofNullable(algorithmOrNull);
        }
    }
}
