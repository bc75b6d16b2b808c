package dev.chancery.domain.signing;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;

/// What a key is asked to sign, in the form its algorithm takes.
public sealed interface SigningInput {
    /// The longest message that is handed to a key whole, in bytes.
    int MAX_MESSAGE = 16 * 1024 * 1024;

    /// A digest that was made by this program, for algorithms that sign one.
    record Prehashed(Digest digest) implements SigningInput {}

    /// A whole message, for algorithms that take nothing less (pure Ed25519, ML-DSA).
    record Message(Bytes content) implements SigningInput {
        /// @throws IllegalArgumentException when it is longer than [#MAX_MESSAGE]
        public Message {
            if (content.size() > MAX_MESSAGE) {
                throw new IllegalArgumentException("a message of " + content.size() + " bytes is longer than " + MAX_MESSAGE);
            }
        }
    }
}
