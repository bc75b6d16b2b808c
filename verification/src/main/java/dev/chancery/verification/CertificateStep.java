package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateReader;

/// Reads the signer's certificate. Of a chain only the leaf counts: what follows it isn't to be trusted (protobuf-specs, sigstore_bundle.proto).
final class CertificateStep {
    private final CertificateReader reader;

    CertificateStep(CertificateReader reader) {
        this.reader = reader;
    }

    SigningCertificate read(KeyMaterial material, Findings findings) throws Stop {
        return switch (material) {
            case KeyMaterial.PublicKeyHint _ -> throw Stop.rejected(Step.KEY, ErrorCode.CERTIFICATE_MISSING,
                    "expected a certificate, since an identity is trusted, found a signature by a bare key");
            case KeyMaterial.Certificates certificates -> {
                SigningCertificate certificate = read(certificates);
                findings.passed(Step.KEY, "a certificate for " + names(certificate) + " by " + certificate.issuerName()
                        + ", with key " + certificate.publicKey().id().hex() + " (" + certificate.publicKey().description() + ")");
                yield certificate;
            }
        };
    }

    private SigningCertificate read(KeyMaterial.Certificates certificates) throws Stop {
        try {
            return reader.read(certificates.leaf());
        } catch (CertificateException e) {
            throw switch (e.reason()) {
                case UNSUPPORTED -> Stop.unknown(Step.KEY, ErrorCode.EVIDENCE_UNSUPPORTED, e.why());
                case MALFORMED, NO_PATH, SIGNATURE, VALIDITY, NOT_AN_AUTHORITY, NAME, EXTENSION, USE ->
                    Stop.rejected(Step.KEY, ErrorCode.CERTIFICATE_MALFORMED, e.why());
            };
        }
    }

    private static String names(SigningCertificate certificate) {
        return certificate.names().isEmpty() ? "nobody" : String.join(", ", certificate.names().stream().map(Object::toString).toList());
    }
}
