package dev.chancery.adapters.crypto.timestamp;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;

/// The signing certificate as the signed attributes name it: by a hash of it (RFC 2634 §5.4 with SHA-1, RFC 5035 §4 with others).
/// That the name is signed keeps another certificate for the same key, say a laxer one, from taking its place.
///
/// @param jcaHash the hash's name for the JDK
record CertificateIdentifier(String jcaHash, Bytes hash) {
    private static final String SIGNING_CERTIFICATE = "1.2.840.113549.1.9.16.2.12";
    private static final String SIGNING_CERTIFICATE_V2 = "1.2.840.113549.1.9.16.2.47";
    private static final String SUBJECT_KEY_ID = "2.5.29.14";

    static CertificateIdentifier of(SignerInfo signer) throws DerException {
        boolean newer = signer.attributes().containsKey(SIGNING_CERTIFICATE_V2);
        DerSequence attribute = signer.attribute(newer ? SIGNING_CERTIFICATE_V2 : SIGNING_CERTIFICATE, "signing-certificate")
                .sequence("signing-certificate");
        DerSequence first = attribute.next("certs").sequence("certs").next("ESSCertID").sequence("ESSCertID");
        if (!newer) {
            return new CertificateIdentifier("SHA-1", first.next("certHash").octets("certHash"));
        }
        Optional<DerValue> algorithm = first.nextIf(DerValue.SEQUENCE);
        String jca = "SHA-256";
        if (algorithm.isPresent()) {
            String oid = algorithm.get().values().next("algorithm").oid("algorithm");
            jca = CmsAlgorithms.hash(oid).orElseThrow(() -> new DerException("expected a certificate hash by SHA-2, found " + oid)).jcaName();
        }
        return new CertificateIdentifier(jca, first.next("certHash").octets("certHash"));
    }

    /// The certificate, when it is the one that both the signer's identifier and the signed attribute name.
    Optional<X509Certificate> matching(Bytes der, SignerInfo signer) {
        try (var in = der.inputStream()) {
            if (!Bytes.copyOf(MessageDigest.getInstance(jcaHash).digest(der.toByteArray())).equals(hash)) {
                return Optional.empty();
            }
            X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509").generateCertificate(in);
            return isNamed(certificate, signer) ? Optional.of(certificate) : Optional.empty();
        } catch (GeneralSecurityException | IOException | DerException e) {
            return Optional.empty(); // whatever stands there, it isn't the signer's certificate
        }
    }

    private static boolean isNamed(X509Certificate certificate, SignerInfo signer) throws DerException {
        return switch (signer.identifier()) {
            case SignerInfo.Identifier.SubjectKey(Bytes keyId) -> {
                byte[] extension = certificate.getExtensionValue(SUBJECT_KEY_ID);
                yield extension != null && DerValue.parse(DerValue.parse(Bytes.copyOf(extension)).octets("extnValue"))
                        .octets("subjectKeyIdentifier").equals(keyId);
            }
            case SignerInfo.Identifier.IssuerAndSerial(Bytes issuer, BigInteger serial) -> certificate.getSerialNumber().equals(serial)
                    && Bytes.copyOf(certificate.getIssuerX500Principal().getEncoded()).equals(issuer);
        };
    }
}
