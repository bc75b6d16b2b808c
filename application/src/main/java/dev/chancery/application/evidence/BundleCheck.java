package dev.chancery.application.evidence;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.IdentityPolicy;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Target;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Looks at a bundle through the verification engine, from its bytes, as whoever gets it will.
final class BundleCheck {
    private final VerificationEngine engine;
    private final CertificateReader certificates;

    BundleCheck(VerificationEngine engine, CertificateReader certificates) {
        this.engine = engine;
        this.certificates = certificates;
    }

    /// What stands against it; nothing when it verifies with so much evidence.
    Optional<Reason> reasonAgainst(PendingSignature signature, TrustedRoot root, int logEntries, int timestamps) {
        SigstoreBundle bundle = signature.bundle();
        boolean keyless = bundle.keyMaterial() instanceof KeyMaterial.Certificates;
        Requirements requirements = new Requirements(logEntries, Math.max(keyless ? 1 : 0, timestamps), keyless ? 1 : 0, List.of(), 0);
        VerificationResult result = engine.verify(new VerificationRequest(new Evidence.BundleBytes(BundleCodec.write(bundle)), target(signature),
                trust(signature, root), new Expectations(null), requirements));
        return result.verdict() == Verdict.ACCEPTED ? Optional.empty() : Optional.of(result.reasons().getFirst());
    }

    private Trust trust(PendingSignature signature, TrustedRoot root) {
        return switch (signature.bundle().keyMaterial()) {
            case KeyMaterial.PublicKeyHint _ -> new Trust.Key(signature.key(), signature.algorithm(), root);
            case KeyMaterial.Certificates chain -> {
                try {
                    SigningCertificate certificate = certificates.read(chain.leaf());
                    yield new Trust.Identity(new IdentityPolicy(new TextMatch.Exact(certificate.names().getFirst().value()),
                            new TextMatch.Exact(certificate.identityIssuer().orElse(""))), root);
                } catch (CertificateException e) {
                    throw new IllegalStateException("the certificate was read before", e);
                }
            }
        };
    }

    private static Target target(PendingSignature signature) {
        return switch (signature.bundle().content()) {
            case SigstoreBundle.Content.Dsse dsse -> {
                try {
                    Subject subject = StatementCodec.read(dsse.envelope().payload().content()).subjects().getFirst();
                    yield new Target.OfDigest(new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(
                            String.valueOf(subject.digests().get(HashAlgorithm.SHA_256.inTotoName())))));
                } catch (FormatException e) {
                    throw new IllegalStateException("the statement was written by this program", e);
                }
            }
            case SigstoreBundle.Content.MessageSignature _ -> switch (signature.input()) {
                case SigningInput.Prehashed(Digest digest) -> new Target.OfDigest(digest);
                case SigningInput.Message message -> new Target.Content(new ArtifactSource() {
                    @Override
                    public String name() {
                        return "the artifact";
                    }

                    @Override
                    public InputStream open() {
                        return message.content().inputStream();
                    }
                });
            };
        };
    }
}
