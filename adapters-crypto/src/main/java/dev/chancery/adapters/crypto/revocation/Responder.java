package dev.chancery.adapters.crypto.revocation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.certificate.RevocationException;
import dev.chancery.ports.certificate.RevocationException.Reason;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/// Whether an issuer has authorised a responder (RFC 6960 §4.2.2.2).
final class Responder {
    private static final String OCSP_SIGNING = "1.3.6.1.5.5.7.3.9";
    private static final String NO_CHECK = "1.3.6.1.5.5.7.48.1.5";
    private static final int DIGITAL_SIGNATURE = 0;

    private Responder() {}

    /// Whether a response says that it is by the key of a certificate.
    static boolean isNamed(OcspResponse response, Bytes subject, Bytes key) {
        return response.responderName().isEmpty() ? response.responderKey().equals(CertificateId.keyHash(key)) : response.responderName().equals(subject);
    }

    /// That the issuer has certified it is for the caller to check.
    static void check(X509Certificate responder, Instant producedAt) throws RevocationException {
        if (!uses(responder).contains(OCSP_SIGNING)) {
            throw untrusted("expected a responder who is certified for OCSP (extended key usage " + OCSP_SIGNING + "), found " + uses(responder));
        }
        if (responder.getExtensionValue(NO_CHECK) == null) {
            throw untrusted("expected a responder of whom nobody need ask whether it is revoked (id-pkix-ocsp-nocheck), found none");
        }
        boolean[] usage = responder.getKeyUsage();
        if (usage != null && !usage[DIGITAL_SIGNATURE]) {
            throw untrusted("expected a responder whose key may sign (key usage digitalSignature), found one that excludes it");
        }
        if (responder.hasUnsupportedCriticalExtension()) {
            throw untrusted("expected a responder's certificate without strange critical extensions");
        }
        if (producedAt.isBefore(responder.getNotBefore().toInstant()) || producedAt.isAfter(responder.getNotAfter().toInstant())) {
            throw untrusted("expected a responder whose certificate was valid at " + producedAt + ", found it valid from "
                    + responder.getNotBefore().toInstant() + " to " + responder.getNotAfter().toInstant());
        }
    }

    private static List<String> uses(X509Certificate certificate) throws RevocationException {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null ? List.of() : uses;
        } catch (CertificateParsingException e) {
            throw new RevocationException(Reason.MALFORMED, "expected an extended key usage, found something else", e);
        }
    }

    static RevocationException untrusted(String why) {
        return new RevocationException(Reason.UNTRUSTED, why, null);
    }
}
