package dev.chancery.verification;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;

/// A signature that verified, with what it is over.
sealed interface SignedContent {
    Signature signature();

    /// What was signed, in the form that the algorithm takes.
    SigningInput input();

    /// A signature over an artifact.
    ///
    /// @param artifact its digest, for the result
    record Message(Signature signature, SigningInput input, Digest artifact) implements SignedContent {}

    /// A signature over a payload, which is still to be read.
    record Attestation(Signature signature, SigningInput input, DssePayload payload) implements SignedContent {}
}
