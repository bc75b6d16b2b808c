package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.AttestationCertificate;
import dev.chancery.ports.certificate.AttestationCertificates;
import dev.chancery.ports.certificate.CertificateException.Reason;
import dev.chancery.ports.certificate.CertificateException;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Attestation certificates by the JDK's reader and PKIX validator.
public final class SecurityKeyCertificates implements AttestationCertificates {
    private static final String AAGUID = "1.3.6.1.4.1.45724.1.1.4";

    private final PublicKeyDecoder keys;

    /// @param keys what reads the certificates' keys
    public SecurityKeyCertificates(PublicKeyDecoder keys) {
        this.keys = keys;
    }

    @Override
    public AttestationCertificate read(Bytes der) throws CertificateException {
        X509Certificate certificate = parse(der);
        Set<String> critical = certificate.getCriticalExtensionOIDs();
        try {
            return new AttestationCertificate(keys.decodeDer(Bytes.copyOf(certificate.getPublicKey().getEncoded())), certificate.getVersion(), subject(certificate),
                    certificate.getBasicConstraints() >= 0, aaguid(certificate), critical != null && critical.contains(AAGUID));
        } catch (PublicKeyException e) {
            throw new CertificateException(Reason.UNSUPPORTED, "expected a key that is verified here, found none: " + e.problem().why(), e);
        }
    }

    /// The extension's value is an OCTET STRING in an OCTET STRING (WebAuthn L3 §8.2.1).
    private static @Nullable Bytes aaguid(X509Certificate certificate) throws CertificateException {
        byte[] extension = certificate.getExtensionValue(AAGUID);
        if (extension == null) {
            return null;
        }
        try {
            return DerValue.parse(DerValue.parse(Bytes.copyOf(extension)).octets("extnValue")).octets("the AAGUID");
        } catch (DerException e) {
            throw new CertificateException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
    }

    /// Name ::= SEQUENCE OF SET OF SEQUENCE { type, value } (RFC 5280 §4.1.2.4). Texts are read as UTF-8, of which the other usual kind, PrintableString, is a part.
    private static Map<String, List<String>> subject(X509Certificate certificate) throws CertificateException {
        Map<String, List<String>> attributes = new LinkedHashMap<>();
        try {
            DerSequence names = DerValue.parse(Bytes.copyOf(certificate.getSubjectX500Principal().getEncoded())).sequence("subject");
            while (names.hasNext()) {
                DerSequence set = names.next("a relative name").values();
                while (set.hasNext()) {
                    DerSequence attribute = set.next("an attribute").sequence("an attribute");
                    String type = attribute.next("type").oid("type");
                    attributes.computeIfAbsent(type, _ -> new ArrayList<>()).add(attribute.next("value").content().utf8().orElse(""));
                }
            }
        } catch (DerException e) {
            throw new CertificateException(Reason.MALFORMED, String.valueOf(e.getMessage()), e);
        }
        return attributes;
    }

    @Override
    public void checkPath(List<Bytes> path, List<Bytes> anchors) throws CertificateException {
        if (anchors.contains(path.getFirst())) {
            return;
        }
        List<X509Certificate> certificates = new ArrayList<>();
        for (Bytes der : new LinkedHashSet<>(path)) {
            if (!anchors.contains(der)) {
                certificates.add(parse(der));
            }
        }
        CertificateException last = new CertificateException(Reason.NO_PATH, "expected a root, found none", null);
        for (Bytes anchor : anchors) {
            try {
                check(certificates, parse(anchor));
                return;
            } catch (CertificateException e) {
                last = e;
            }
        }
        throw last;
    }

    private static void check(List<X509Certificate> path, X509Certificate anchor) throws CertificateException {
        Instant latest = anchor.getNotBefore().toInstant();
        for (X509Certificate each : path) {
            Instant begins = each.getNotBefore().toInstant();
            latest = begins.isAfter(latest) ? begins : latest;
        }
        try {
            PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(anchor, null)));
            parameters.setDate(Date.from(latest));
            parameters.setRevocationEnabled(false);
            CertPathValidator.getInstance("PKIX").validate(factory().generateCertPath(path), parameters);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(Reason.NO_PATH, "expected a certificate under " + anchor.getSubjectX500Principal().getName() + ", found one by "
                    + path.getFirst().getIssuerX500Principal().getName() + ": " + e.getMessage(), e);
        }
    }

    private static X509Certificate parse(Bytes der) throws CertificateException {
        try (InputStream in = der.inputStream()) {
            return (X509Certificate) factory().generateCertificate(in);
        } catch (GeneralSecurityException | IOException e) {
            throw new CertificateException(Reason.MALFORMED, "expected a certificate, found " + der.size() + " bytes that are none: " + e.getMessage(), e);
        }
    }

    private static CertificateFactory factory() throws GeneralSecurityException {
        return CertificateFactory.getInstance("X.509");
    }
}
