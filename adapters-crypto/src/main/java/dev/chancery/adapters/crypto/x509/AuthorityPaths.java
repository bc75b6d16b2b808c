package dev.chancery.adapters.crypto.x509;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.ports.certificate.CertificatePathValidator;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.cert.CertPath;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.PKIXReason;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Validates paths with the JDK's PKIX validator (RFC 5280 §6.1), and checks what it leaves out: it takes the trust anchor at its key and
/// name alone, and knows no extended key usage.
public final class AuthorityPaths implements CertificatePathValidator {
    private static final int MAX_REMEMBERED = 256;

    private final CertificateSignatures signatures;

    /// The authorities' certificates, and those that sign timestamps, which come again and again.
    private final Map<Bytes, X509Certificate> parsed = new ConcurrentHashMap<>();

    /// @param signatures what verifies the certificates' signatures
    public AuthorityPaths(CertificateSignatures signatures) {
        this.signatures = signatures;
    }

    /// What verifies the certificates' signatures.
    public CertificateSignatures signatures() {
        return signatures;
    }

    @Override
    public CertificatePath codeSigning(Bytes leaf, CertificateAuthority authority, Instant time) throws CertificateException {
        return validate(leaf, List.of(), authority, time, CertificateUse.CODE_SIGNING);
    }

    /// The path to an authority's anchor.
    ///
    /// @param offered intermediates from elsewhere, which are believed only as far as the anchor vouches for them
    /// @throws CertificateException when there is none
    public CertificatePath validate(Bytes leaf, List<Bytes> offered, CertificateAuthority authority, Instant time, CertificateUse use)
            throws CertificateException {
        Instant second = time.truncatedTo(ChronoUnit.SECONDS); // certificates count in seconds, of which the last is theirs whole
        X509Certificate certificate = use == CertificateUse.TIME_STAMPING ? remembered(leaf) : parse(leaf);
        X509Certificate anchor = remembered(authority.anchor());
        List<X509Certificate> intermediates = new ArrayList<>();
        for (Bytes der : authority.intermediates()) {
            intermediates.add(remembered(der));
        }
        for (Bytes der : offered) {
            intermediates.add(parse(der));
        }
        intermediates.remove(certificate);
        use.checkLeaf(certificate);
        CertificateException weightiest = new CertificateException(Reason.NO_PATH, "expected a certificate issued under "
                + name(anchor) + ", found one issued by " + certificate.getIssuerX500Principal().getName(), null);
        for (List<X509Certificate> path : PathBuilder.paths(certificate, intermediates, anchor)) {
            try {
                check(path, anchor, second, use);
                return asPath(path, anchor);
            } catch (CertificateException e) {
                weightiest = e.reason().compareTo(weightiest.reason()) > 0 ? e : weightiest;
            }
        }
        throw weightiest;
    }

    private static void check(List<X509Certificate> path, X509Certificate anchor, Instant time, CertificateUse use) throws CertificateException {
        for (X509Certificate authority : path.subList(1, path.size())) {
            use.checkAuthority(authority);
        }
        use.checkAuthority(anchor);
        pkix(path, anchor, time);
        checkAnchor(anchor, path.size() - 1, time);
        AnchorNameConstraints.check(anchor, path);
    }

    private static void pkix(List<X509Certificate> path, X509Certificate anchor, Instant time) throws CertificateException {
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setDate(Date.from(time));
            parameters.setRevocationEnabled(false);
            CertPath certPath = factory().generateCertPath(path);
            CertPathValidator.getInstance("PKIX").validate(certPath, parameters);
        } catch (CertPathValidatorException e) {
            throw fault(e, path, time);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new CertificateException(Reason.MALFORMED, "expected a certificate path that can be checked: " + e.getMessage(), e);
        }
    }

    /// The anchor binds those below it too: Fulcio's and private roots are certificates that limit what is issued, not bare keys.
    private static void checkAnchor(X509Certificate anchor, int intermediates, Instant time) throws CertificateException {
        if (anchor.getBasicConstraints() < intermediates) {
            throw new CertificateException(Reason.NOT_AN_AUTHORITY, "expected " + name(anchor) + " to be an authority over "
                    + intermediates + " intermediates, found " + (anchor.getBasicConstraints() < 0 ? "no authority" : "fewer allowed"), null);
        }
        boolean[] usage = anchor.getKeyUsage();
        if (usage != null && !usage[5]) {
            throw new CertificateException(Reason.NOT_AN_AUTHORITY, "expected the key of " + name(anchor) + " to sign certificates (key usage keyCertSign)", null);
        }
        if (time.isBefore(anchor.getNotBefore().toInstant()) || time.isAfter(anchor.getNotAfter().toInstant())) {
            throw outside(anchor, time, null);
        }
    }

    private static CertificateException fault(CertPathValidatorException e, List<X509Certificate> path, Instant time) {
        X509Certificate at = path.get(Math.max(0, e.getIndex()));
        CertPathValidatorException.Reason reason = e.getReason();
        if (reason == CertPathValidatorException.BasicReason.EXPIRED || reason == CertPathValidatorException.BasicReason.NOT_YET_VALID) {
            return outside(at, time, e);
        }
        if (reason == PKIXReason.NOT_CA_CERT || reason == PKIXReason.PATH_TOO_LONG || reason == PKIXReason.INVALID_KEY_USAGE) {
            return new CertificateException(Reason.NOT_AN_AUTHORITY, "expected " + name(at) + " to be an authority over this path, found "
                    + e.getMessage(), e);
        }
        if (reason == PKIXReason.INVALID_NAME) {
            return new CertificateException(Reason.NAME, "expected a name that the authority may issue for (name constraints), found " + e.getMessage(), e);
        }
        if (reason == PKIXReason.UNRECOGNIZED_CRIT_EXT) {
            return new CertificateException(Reason.EXTENSION, "expected critical extensions that are understood, found " + e.getMessage(), e);
        }
        if (reason == CertPathValidatorException.BasicReason.ALGORITHM_CONSTRAINED) {
            return new CertificateException(Reason.UNSUPPORTED, "expected an algorithm that is strong enough, found " + e.getMessage(), e);
        }
        return new CertificateException(Reason.SIGNATURE, "expected " + name(at) + " to be signed by " + at.getIssuerX500Principal().getName()
                + " as the trusted root has it, found another signature", e);
    }

    private static CertificateException outside(X509Certificate certificate, Instant time, @Nullable Exception cause) {
        return new CertificateException(Reason.VALIDITY, "expected " + name(certificate) + " to be valid at " + time + ", found it valid from "
                + certificate.getNotBefore().toInstant() + " to " + certificate.getNotAfter().toInstant(), cause);
    }

    private static String name(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName();
        return subject.isEmpty() ? "the signer's certificate" : "the certificate of " + subject;
    }

    private static CertificatePath asPath(List<X509Certificate> path, X509Certificate anchor) throws CertificateException {
        List<Bytes> der = new ArrayList<>();
        try {
            for (X509Certificate certificate : path) {
                der.add(Bytes.copyOf(certificate.getEncoded()));
            }
            der.add(Bytes.copyOf(anchor.getEncoded()));
        } catch (GeneralSecurityException e) {
            throw new CertificateException(Reason.MALFORMED, "expected a certificate", e);
        }
        return new CertificatePath(der);
    }

    private X509Certificate remembered(Bytes der) throws CertificateException {
        X509Certificate known = parsed.get(der);
        if (known != null) {
            return known;
        }
        X509Certificate certificate = parse(der);
        if (parsed.size() >= MAX_REMEMBERED) {
            parsed.clear();
        }
        parsed.put(der, certificate);
        return certificate;
    }

    private X509Certificate parse(Bytes der) throws CertificateException {
        try (var in = der.inputStream()) {
            X509Certificate certificate = (X509Certificate) factory().generateCertificate(in);
            if (in.available() > 0 || !Bytes.copyOf(certificate.getEncoded()).equals(der)) {
                throw new CertificateException(Reason.MALFORMED, "expected one DER certificate, found something after it", null);
            }
            return new PathCertificate(certificate, signatures);
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(Reason.MALFORMED, "expected a DER certificate: " + e.getMessage(), e);
        }
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }
}
