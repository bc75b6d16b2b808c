package dev.chancery.adapters.crypto.x509;

import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;

/// What a leaf certificate has to be for (RFC 5280 §4.2.1.3, §4.2.1.12).
public enum CertificateUse {
    CODE_SIGNING("code signing", "1.3.6.1.5.5.7.3.3"),
    /// The only use, and marked critical (RFC 3161 §2.3).
    TIME_STAMPING("timestamps", "1.3.6.1.5.5.7.3.8");

    private static final String EXTENDED_KEY_USAGE = "2.5.29.37";
    private static final String ANY = "2.5.29.37.0";
    private static final int DIGITAL_SIGNATURE = 0;
    private static final int NON_REPUDIATION = 1;

    private final String label;
    private final String oid;

    CertificateUse(String label, String oid) {
        this.label = label;
        this.oid = oid;
    }

    void checkLeaf(X509Certificate leaf) throws CertificateException {
        List<String> uses = uses(leaf);
        if (!uses.contains(oid)) {
            throw new CertificateException(Reason.USE, "expected a certificate for " + label + " (extended key usage " + oid + "), found "
                    + (uses.isEmpty() ? "none" : uses), null);
        }
        if (this == TIME_STAMPING && (uses.size() != 1 || !leaf.getCriticalExtensionOIDs().contains(EXTENDED_KEY_USAGE))) {
            throw new CertificateException(Reason.USE, "expected a certificate for timestamps and nothing else, marked critical, found " + uses, null);
        }
        boolean[] keyUsage = leaf.getKeyUsage();
        if (keyUsage != null && !keyUsage[DIGITAL_SIGNATURE] && !(this == TIME_STAMPING && keyUsage[NON_REPUDIATION])) {
            throw new CertificateException(Reason.USE, "expected a certificate whose key may sign (key usage digitalSignature), found one that excludes it", null);
        }
        if (leaf.getBasicConstraints() >= 0) {
            throw new CertificateException(Reason.USE, "expected a signer's certificate, found an authority's", null);
        }
    }

    /// An authority that says what it issues for must say this (as Go's and Windows' validators read RFC 5280 §4.2.1.12).
    void checkAuthority(X509Certificate authority) throws CertificateException {
        List<String> uses = uses(authority);
        if (!uses.isEmpty() && !uses.contains(oid) && !uses.contains(ANY)) {
            throw new CertificateException(Reason.USE, "expected an authority that issues for " + label + ", found one for " + uses + ": "
                    + authority.getSubjectX500Principal().getName(), null);
        }
    }

    private static List<String> uses(X509Certificate certificate) throws CertificateException {
        try {
            List<String> uses = certificate.getExtendedKeyUsage();
            return uses == null ? List.of() : uses;
        } catch (CertificateParsingException e) {
            throw new CertificateException(Reason.MALFORMED, "expected an extended key usage, found something else", e);
        }
    }
}
