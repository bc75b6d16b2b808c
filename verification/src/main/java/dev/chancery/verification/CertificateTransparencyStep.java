package dev.chancery.verification;

import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SignedCertificateTimestamp;
import dev.chancery.domain.certificate.SignedCertificateTimestamp.Scheme;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.List;
import java.util.Optional;

/// Verifies the promises of certificate transparency logs inside the certificate (RFC 6962 §3.2).
final class CertificateTransparencyStep {
    private final CertificateReader reader;
    private final SignatureVerifier verifier;

    CertificateTransparencyStep(CertificateReader reader, SignatureVerifier verifier) {
        this.reader = reader;
        this.verifier = verifier;
    }

    void check(CertificatePath path, PreparedRoot root, int wanted, Findings findings) throws Stop {
        if (wanted == 0) {
            findings.notRequired(Step.CERTIFICATE_TRANSPARENCY, "not checked: none was wanted");
            return;
        }
        List<SignedCertificateTimestamp> promises;
        try {
            promises = reader.certificateTimestamps(path);
        } catch (CertificateException e) {
            throw Stop.rejected(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.SCT_MALFORMED, e.why());
        }
        Tally tally = new Tally(Step.CERTIFICATE_TRANSPARENCY);
        for (SignedCertificateTimestamp promise : promises) {
            try {
                LogKey log = verified(promise, root);
                tally.holds(log.giver(), "promised by " + log.name() + " at " + promise.timestamp());
            } catch (Stop stop) {
                tally.fails(stop);
            }
        }
        tally.settle(wanted, Stop.rejected(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.SCT_MISSING,
                "expected promises of " + wanted + " certificate transparency logs in the certificate, found " + promises.size()), findings);
    }

    private LogKey verified(SignedCertificateTimestamp promise, PreparedRoot root) throws Stop {
        LogKey log = root.certificateLogs().stream().filter(known -> known.isNamed(promise.logId())).findFirst().orElse(null);
        if (log == null) {
            throw root.isUnread(promise.logId())
                    ? Stop.unknown(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.EVIDENCE_UNSUPPORTED, "expected a log key that is verified here, found another kind")
                    : Stop.rejected(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.SCT_LOG_UNTRUSTED,
                            "expected a promise of a trusted log, found one of log " + promise.logId().toHex());
        }
        if (!log.window().contains(promise.timestamp())) {
            throw Stop.rejected(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.LOG_KEY_OUTSIDE_WINDOW, "expected a promise from when " + log.name()
                    + " is trusted, found one of " + promise.timestamp());
        }
        Optional<SignatureAlgorithm> algorithm = promise.scheme().flatMap(scheme -> algorithm(scheme, log.key()));
        SigningInput input = new SigningInput.Prehashed(HashAlgorithm.SHA_256.digest(promise.signedData()));
        if (algorithm.isEmpty() || !verifier.verifies(log.key(), input, new Signature(algorithm.get(), promise.signature()))) {
            throw Stop.rejected(Step.CERTIFICATE_TRANSPARENCY, ErrorCode.SCT_INVALID,
                    "expected a promise that " + log.name() + " signed over this certificate, found another signature");
        }
        return log;
    }

    /// RFC 6962 §2.1.4 always hashes with SHA-256, whatever the curve.
    private static Optional<SignatureAlgorithm> algorithm(Scheme scheme, PublicKey key) {
        return switch (scheme) {
            case ECDSA_SHA_256 -> key instanceof EcPublicKey ? withSha256(key) : Optional.empty();
            case RSA_PKCS1_SHA_256 -> key instanceof RsaPublicKey ? Optional.of(SignatureAlgorithm.RSA_PKCS1_SHA_256) : Optional.empty();
        };
    }

    private static Optional<SignatureAlgorithm> withSha256(PublicKey key) {
        return SignatureAlgorithm.forKey(key).stream()
                .filter(algorithm -> algorithm.prehash().equals(Optional.of(HashAlgorithm.SHA_256)))
                .findFirst();
    }
}
