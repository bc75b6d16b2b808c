package dev.chancery.application.signing;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.SigningKey;
import java.util.Optional;

/// What the user says about the key that signatures must verify with.
public sealed interface Expectation {
    /// Nothing: the back end's own source decides, and there must be one.
    record FromBackend() implements Expectation {}

    /// Exactly this key.
    record Key(PublicKey key) implements Expectation {}

    /// The key with this id, as the back end shows it.
    record Id(KeyId id) implements Expectation {}

    /// Settles which public key the signature must verify with, before anything is signed.
    ///
    /// @throws SigningException.ExpectedKeyRefused when there is none, or the back end shows another
    default ExpectedKey settle(SigningKey key) throws SigningException.ExpectedKeyRefused {
        Optional<ExpectedKey> shown = key.expectedKey();
        return switch (this) {
            case FromBackend _ -> shown.orElseThrow(() -> unknown(key));
            case Key given -> {
                if (shown.isPresent() && !shown.get().key().equals(given.key())) {
                    throw mismatch(key, given.key().id(), shown.get());
                }
                yield new ExpectedKey(given.key(), ExpectedKey.Source.GIVEN);
            }
            case Id given -> {
                ExpectedKey found = shown.orElseThrow(() -> unknown(key));
                if (!found.key().id().equals(given.id())) {
                    throw mismatch(key, given.id(), found);
                }
                yield new ExpectedKey(found.key(), ExpectedKey.Source.GIVEN);
            }
        };
    }

    private static SigningException.ExpectedKeyRefused unknown(SigningKey key) {
        return new SigningException.ExpectedKeyRefused(new Problem(ErrorCode.EXPECTED_KEY_UNKNOWN,
                "nothing was signed with " + key.description().uri(),
                "neither a certificate, nor a public key object of the same id, nor the private key itself tells its public key",
                "name the public key with --expect-key FILE"));
    }

    private static SigningException.ExpectedKeyRefused mismatch(SigningKey key, KeyId wanted, ExpectedKey found) {
        return new SigningException.ExpectedKeyRefused(new Problem(ErrorCode.EXPECTED_KEY_MISMATCH,
                "nothing was signed with " + key.description().uri(),
                "expected key " + wanted.hex() + ", found " + found.key().id().hex() + " (" + found.source().description() + ")",
                "check the key's label and id with chancery key list, and who changed the token"));
    }
}
