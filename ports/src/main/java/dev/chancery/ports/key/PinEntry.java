package dev.chancery.ports.key;

import dev.chancery.domain.secret.Pin;
import java.util.Optional;

/// Whoever knows PINs and passphrases: a prompt, an environment variable, a file named on the command line.
public interface PinEntry {
    /// Asks once. May block for as long as a person takes.
    ///
    /// @return the PIN, which the caller closes; nothing when there is nobody to ask
    /// @throws KeyException.PinUnavailable when a place to read the PIN from was named but can't be read
    Optional<Pin> request(Prompt prompt) throws KeyException;

    /// What a PIN is wanted for.
    ///
    /// @param kind which secret
    /// @param place the token's label or the file's path; text from outside
    record Prompt(Kind kind, String place) {}

    /// The secrets there are.
    enum Kind {
        /// The user PIN of a token.
        TOKEN_PIN,
        /// The passphrase of an existing key file.
        PASSPHRASE,
        /// The passphrase of a key file that is being made; a prompt asks for it twice.
        NEW_PASSPHRASE
    }
}
