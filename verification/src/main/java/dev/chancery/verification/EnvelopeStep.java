package dev.chancery.verification;

import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;

/// Checks an envelope's form and makes the bytes that its signature must be over (DSSE v1.0.2 protocol.md).
final class EnvelopeStep {
    private EnvelopeStep() {}

    /// The envelope's only signature (sigstore_bundle.proto: "a DSSE envelope … MUST contain only one signature").
    static DsseEnvelope.DsseSignature check(DsseEnvelope envelope, PublicKey signer, Findings findings) throws Stop {
        int count = envelope.signatures().size();
        if (count != 1) {
            throw Stop.rejected(Step.SIGNATURE, ErrorCode.SIGNATURE_COUNT, "expected exactly 1 signature in a bundle's envelope, found " + count);
        }
        if (!envelope.payload().payloadType().equals(DssePayload.IN_TOTO)) {
            throw Stop.rejected(Step.STATEMENT, ErrorCode.PAYLOAD_TYPE_MISMATCH,
                    "expected payload type " + DssePayload.IN_TOTO + ", found " + envelope.payload().payloadType());
        }
        DsseEnvelope.DsseSignature only = envelope.signatures().getFirst();
        String keyId = only.keyId();
        if (!keyId.isEmpty() && !keyId.equals(signer.id().hex()) && !keyId.equals(signer.id().hint())) {
            findings.notRequired(Step.KEY, "the envelope's keyid \"" + keyId + "\" is not the signer's key id; nobody has signed it and it decides nothing");
        }
        return only;
    }

    /// The pre-authentication encoding in the form that the algorithm takes.
    static SigningInput input(DssePayload payload, SignatureAlgorithm algorithm) throws Stop {
        if (algorithm.prehash().isPresent()) {
            return new SigningInput.Prehashed(payload.preAuthEncoding().digest(algorithm.prehash().get()));
        }
        int length = payload.preAuthEncoding().header().size() + payload.content().size();
        if (length > SigningInput.MAX_MESSAGE) {
            throw Stop.unknown(Step.SIGNATURE, ErrorCode.EVIDENCE_UNSUPPORTED, "expected at most " + SigningInput.MAX_MESSAGE
                    + " bytes, since " + algorithm.cliName() + " takes the message whole; found " + length);
        }
        return new SigningInput.Message(payload.preAuthEncoding().bytes());
    }
}
