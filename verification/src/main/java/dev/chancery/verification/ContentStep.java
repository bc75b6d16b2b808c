package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;

/// Verifies the signature itself, over the artifact or over an envelope's payload.
final class ContentStep {
    private final SignatureStep signatures;

    ContentStep(SignatureVerifier verifier) {
        this.signatures = new SignatureStep(verifier);
    }

    SignedContent verify(Content content, Signer signer, VerificationRequest request, Findings findings) throws Stop {
        return switch (content) {
            case Content.MessageSignature message -> message(message, signer, request, findings);
            case Content.Dsse dsse -> attestation(dsse.envelope(), signer, findings);
        };
    }

    private SignedContent message(Content.MessageSignature message, Signer signer, VerificationRequest request, Findings findings) throws Stop {
        StatementStep.noneExpected(request.expectations());
        SignatureAlgorithm algorithm = AlgorithmStep.ofMessage(message, signer);
        MessageStep.Bound bound = MessageStep.bind(message, request.target(), algorithm, findings);
        Signature signature = new Signature(algorithm, message.signature());
        signatures.check(signer, bound.input(), signature, findings);
        return new SignedContent.Message(signature, bound.input(), bound.artifact());
    }

    private SignedContent attestation(DsseEnvelope envelope, Signer signer, Findings findings) throws Stop {
        SignatureAlgorithm algorithm = AlgorithmStep.ofEnvelope(signer);
        DsseEnvelope.DsseSignature only = EnvelopeStep.check(envelope, signer.key(), findings);
        SigningInput input = EnvelopeStep.input(envelope.payload(), algorithm);
        Signature signature = new Signature(algorithm, only.signature());
        signatures.check(signer, input, signature, findings);
        return new SignedContent.Attestation(signature, input, envelope.payload());
    }
}
