package dev.chancery.adapters.crypto.revocation;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.adapters.crypto.der.DerSequence;
import dev.chancery.adapters.crypto.der.DerValue;
import dev.chancery.adapters.crypto.der.DerWriter;
import dev.chancery.adapters.crypto.x509.TbsCertificate;
import dev.chancery.domain.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Map;

/// By what OCSP names certificates (RFC 6960 §4.1.1, CertID).
///
/// @param issuerName the issuer's distinguished name, in DER
/// @param issuerKey the issuer's key, as its certificate has it in a BIT STRING
/// @param serialNumber an INTEGER, in DER
record CertificateId(Bytes issuerName, Bytes issuerKey, Bytes serialNumber) {
    /// SHA-1 is but a name here: what it stands for is compared with what is known.
    private static final Map<String, String> HASHES = Map.of(
            "1.3.14.3.2.26", "SHA-1",
            "2.16.840.1.101.3.4.2.1", "SHA-256",
            "2.16.840.1.101.3.4.2.2", "SHA-384",
            "2.16.840.1.101.3.4.2.3", "SHA-512");

    /// With the NULL that other programs write.
    private static final Bytes SHA_1 = Bytes.fromHex("300906052b0e03021a0500");

    static CertificateId of(TbsCertificate certificate, TbsCertificate issuer) throws DerException {
        return new CertificateId(issuer.subject(), key(issuer.subjectPublicKeyInfo()), integer(certificate.serialNumber().toByteArray()));
    }

    static Bytes key(Bytes subjectPublicKeyInfo) throws DerException {
        DerSequence fields = DerValue.parse(subjectPublicKeyInfo).sequence("subjectPublicKeyInfo");
        fields.next("algorithm");
        return fields.next("subjectPublicKey").bits("subjectPublicKey");
    }

    private static Bytes integer(byte[] value) {
        return DerWriter.tagged(DerValue.INTEGER, List.of(Bytes.copyOf(value)));
    }

    boolean isMeantBy(OcspAnswer answer) {
        String hash = HASHES.get(answer.hash());
        return hash != null && serialNumber.equals(integer(answer.serialNumber().toByteArray()))
                && hash(hash, issuerName).equals(answer.issuerNameHash()) && hash(hash, issuerKey).equals(answer.issuerKeyHash());
    }

    /// An OCSPRequest about it, by SHA-1, which every responder knows (RFC 5019 §2.1.1).
    Bytes request() {
        Bytes id = sequence(SHA_1, octets(hash("SHA-1", issuerName)), octets(hash("SHA-1", issuerKey)), serialNumber);
        return sequence(sequence(sequence(sequence(id))));
    }

    /// How a responder is named by its key.
    static Bytes keyHash(Bytes key) {
        return hash("SHA-1", key);
    }

    private static Bytes sequence(Bytes... contents) {
        return DerWriter.tagged(DerValue.SEQUENCE, List.of(contents));
    }

    private static Bytes octets(Bytes content) {
        return DerWriter.tagged(DerValue.OCTET_STRING, List.of(content));
    }

    private static Bytes hash(String algorithm, Bytes content) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            content.updateTo(digest);
            return Bytes.copyOf(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // the JDK's own
        }
    }
}
