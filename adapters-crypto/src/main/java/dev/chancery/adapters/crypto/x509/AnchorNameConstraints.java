package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import java.security.cert.X509Certificate;
import java.util.List;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraintValidatorException;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PKIXNameConstraintValidator;

/// A trust anchor's name constraints (RFC 5280 §4.2.1.10), which the JDK's validator doesn't take. BouncyCastle's rules are loaded only
/// when an anchor has some.
final class AnchorNameConstraints {
    private static final String OID = "2.5.29.30";
    private static final String SUBJECT_ALTERNATIVE_NAME = "2.5.29.17";

    private AnchorNameConstraints() {}

    static void check(X509Certificate anchor, List<X509Certificate> path) throws CertificateException {
        byte[] extension = anchor.getExtensionValue(OID);
        if (extension == null) {
            return;
        }
        try {
            NameConstraints constraints = NameConstraints.getInstance(value(extension));
            PKIXNameConstraintValidator validator = new PKIXNameConstraintValidator();
            if (constraints.getPermittedSubtrees() != null) {
                validator.intersectPermittedSubtree(constraints.getPermittedSubtrees());
            }
            if (constraints.getExcludedSubtrees() != null) {
                for (GeneralSubtree excluded : constraints.getExcludedSubtrees()) {
                    validator.addExcludedSubtree(excluded);
                }
            }
            for (X509Certificate certificate : path) {
                check(certificate, validator);
            }
        } catch (NameConstraintValidatorException e) {
            throw new CertificateException(Reason.NAME, "expected a name that " + anchor.getSubjectX500Principal().getName()
                    + " may issue for (name constraints), found another: " + e.getMessage(), e);
        } catch (DerException | IllegalArgumentException e) {
            throw new CertificateException(Reason.MALFORMED, "expected name constraints that can be read: " + e.getMessage(), e);
        }
    }

    private static void check(X509Certificate certificate, PKIXNameConstraintValidator validator) throws NameConstraintValidatorException, DerException {
        if (!certificate.getSubjectX500Principal().getName().isEmpty()) {
            X500Name subject = X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded());
            validator.checkPermittedDN(subject);
            validator.checkExcludedDN(subject);
        }
        byte[] names = certificate.getExtensionValue(SUBJECT_ALTERNATIVE_NAME);
        if (names != null) {
            for (GeneralName name : GeneralNames.getInstance(value(names)).getNames()) {
                validator.checkPermitted(name);
                validator.checkExcluded(name);
            }
        }
    }

    private static byte[] value(byte[] extension) throws DerException {
        return DerValue.parse(Bytes.copyOf(extension)).octets("extnValue").toByteArray();
    }
}
