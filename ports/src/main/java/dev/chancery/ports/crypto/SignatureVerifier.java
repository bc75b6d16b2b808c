package dev.chancery.ports.crypto;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;

/// Verifies one signature. Thread-safe, does not block on anything but the processor.
public interface SignatureVerifier {
    /// Whether the signature is by the key over the input.
    ///
    /// The answer is false for anything that isn't a valid signature: a malformed encoding, an input whose form doesn't fit the
    /// algorithm, an algorithm that doesn't fit the key. It never throws for bad input.
    ///
    /// ECDSA signatures must be strict DER (X.690 §10) with r and s in range.
    boolean verifies(PublicKey key, SigningInput input, Signature signature);
}
