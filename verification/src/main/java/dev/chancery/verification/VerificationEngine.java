package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content.Dsse;
import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;

/// Verifies. Thread-safe; opens no socket.
public final class VerificationEngine {
    private final SignatureStep signatures;

    /// @param signatures what verifies single signatures
    public VerificationEngine(SignatureVerifier signatures) {
        this.signatures = new SignatureStep(signatures);
    }

    /// Comes to a verdict. Blocks while the artifact is read, which happens at most once and not at all when something before it is
    /// wrong. Bad evidence and an unreadable artifact are answers, never exceptions.
    public VerificationResult verify(VerificationRequest request) {
        Findings findings = new Findings();
        try {
            SigstoreBundle bundle = ParseStep.read(request.evidence(), findings);
            VerifiedSignature verified = switch (request.trust()) {
                case Trust.Key key -> withKey(bundle, key, request, findings);
            };
            return VerificationResult.accepted(findings, verified);
        } catch (Stop stop) {
            return VerificationResult.stopped(findings, stop);
        }
    }

    private VerifiedSignature withKey(SigstoreBundle bundle, Trust.Key trust, VerificationRequest request, Findings findings) throws Stop {
        KeyStep.check(bundle.keyMaterial(), trust.key(), findings);
        VerifiedSignature verified = switch (bundle.content()) {
            case MessageSignature message -> message(message, trust, request, findings);
            case Dsse dsse -> attestation(dsse.envelope(), trust, request, findings);
        };
        TransparencyStep.withoutRoot(bundle, findings);
        return verified;
    }

    private VerifiedSignature message(MessageSignature message, Trust.Key trust, VerificationRequest request, Findings findings) throws Stop {
        StatementStep.noneExpected(request.expectations());
        SignatureAlgorithm algorithm = AlgorithmStep.ofMessage(message, trust);
        MessageStep.Bound bound = MessageStep.bind(message, request.target(), algorithm, findings);
        signatures.check(trust, bound.input(), new Signature(algorithm, message.signature()), findings);
        return new VerifiedSignature(trust.key().id(), algorithm, bound.artifact(), null);
    }

    private VerifiedSignature attestation(DsseEnvelope envelope, Trust.Key trust, VerificationRequest request, Findings findings)
            throws Stop {
        SignatureAlgorithm algorithm = AlgorithmStep.ofEnvelope(trust);
        DsseEnvelope.DsseSignature only = EnvelopeStep.check(envelope, trust.key(), findings);
        SigningInput input = EnvelopeStep.input(envelope.payload(), algorithm);
        signatures.check(trust, input, new Signature(algorithm, only.signature()), findings);
        Statement statement = StatementStep.read(envelope.payload(), request.expectations(), findings);
        Digest artifact = SubjectStep.bind(statement, request.target(), findings);
        return new VerifiedSignature(trust.key().id(), algorithm, artifact, statement);
    }
}
