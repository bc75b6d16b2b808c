package dev.chancery.testkit.key;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key that the back end under test holds.
///
/// @param ref names exactly this key
/// @param publicKey as another tool tells it
/// @param algorithms all that it signs with; the kit checks that it refuses the rest
/// @param secretOrNull the PIN or passphrase it needs; null for none
/// @param longestMessage what it takes at most where it signs the message itself, in bytes; the kit checks that more is refused
public record DeclaredKey(KeyRef ref, PublicKey publicKey, Set<SignatureAlgorithm> algorithms, @Nullable String secretOrNull,
        int longestMessage) {
    /// A key that takes messages of any length that is handed to keys at all.
    public DeclaredKey(KeyRef ref, PublicKey publicKey, Set<SignatureAlgorithm> algorithms, @Nullable String secretOrNull) {
        this(ref, publicKey, algorithms, secretOrNull, SigningInput.MAX_MESSAGE);
    }

    /// @throws IllegalArgumentException when there is no algorithm, or one doesn't fit the key
    public DeclaredKey {
        algorithms = Set.copyOf(algorithms);
        if (algorithms.isEmpty() || !algorithms.stream().allMatch(algorithm -> algorithm.fits(publicKey))) {
            throw new IllegalArgumentException("a " + publicKey.description() + " key does not sign with " + algorithms);
        }
    }

    /// Whoever knows this key's PIN, if it needs one. Counts from zero.
    public FixedPinEntry pinEntry() {
        return secretOrNull == null ? FixedPinEntry.none() : FixedPinEntry.of(secretOrNull);
    }

    @Override
    public String toString() {
        return ref.text() + " (" + publicKey.description() + ")";
    }
}
