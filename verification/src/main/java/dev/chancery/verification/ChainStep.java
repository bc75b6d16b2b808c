package dev.chancery.verification;

import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificatePathValidator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the certificate's path to a trusted authority as it stood at a proven time.
final class ChainStep {
    private final CertificatePathValidator paths;

    ChainStep(CertificatePathValidator paths) {
        this.paths = paths;
    }

    /// The path, of which the issuer's key is needed further on.
    ///
    /// @param wanted by how many givers the certificate must have been valid, at least 1
    CertificatePath check(SigningCertificate certificate, List<CertificateAuthority> authorities, List<ProvenTime> times, int wanted, Findings findings) throws Stop {
        Tally tally = new Tally(Step.CHAIN);
        CertificatePath found = null;
        for (ProvenTime time : times) {
            if (!tally.reached(wanted)) {
                try {
                    found = pathAt(certificate, authorities, time);
                    tally.holds(time.giver(), "issued by " + certificate.issuerName() + ", which is trusted, and valid at " + time.time());
                } catch (Stop stop) {
                    tally.fails(stop);
                }
            }
        }
        Stop missing = Stop.rejected(Step.CHAIN, ErrorCode.TIME_MISSING, "expected proof by " + wanted + " that the certificate was valid when it signed, found none");
        tally.settle(wanted, missing, findings);
        if (found == null) {
            throw missing;
        }
        return found;
    }

    private CertificatePath pathAt(SigningCertificate certificate, List<CertificateAuthority> authorities, ProvenTime time) throws Stop {
        if (!certificate.isValidAt(time.time())) {
            throw Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_NOT_VALID_THEN, "expected the certificate to be valid at " + time.time() + " ("
                    + time.source() + "), found it valid from " + certificate.notBefore() + " to " + certificate.notAfter());
        }
        CertificateException weightiest = null;
        for (CertificateAuthority authority : authorities) {
            if (authority.validFor().contains(time.time())) {
                try {
                    return paths.codeSigning(certificate.der(), authority, time.time());
                } catch (CertificateException e) {
                    weightiest = weightiest == null || e.reason().compareTo(weightiest.reason()) > 0 ? e : weightiest;
                }
            }
        }
        throw untrusted(certificate, time, weightiest);
    }

    private static Stop untrusted(SigningCertificate certificate, ProvenTime time, @Nullable CertificateException weightiest) {
        if (weightiest == null) {
            return Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_UNTRUSTED, "expected an authority that is trusted for " + time.time()
                    + ", there is none; found a certificate by " + certificate.issuerName());
        }
        return switch (weightiest.reason()) {
            case UNSUPPORTED -> Stop.unknown(Step.CHAIN, ErrorCode.EVIDENCE_UNSUPPORTED, weightiest.why());
            case MALFORMED -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_MALFORMED, weightiest.why());
            case NO_PATH -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_UNTRUSTED, weightiest.why());
            case VALIDITY -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_NOT_VALID_THEN, weightiest.why());
            case NAME -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_NAME_NOT_ALLOWED, weightiest.why());
            case USE -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_USE, weightiest.why());
            case SIGNATURE, NOT_AN_AUTHORITY, EXTENSION -> Stop.rejected(Step.CHAIN, ErrorCode.CERTIFICATE_PATH_INVALID, weightiest.why());
        };
    }
}
