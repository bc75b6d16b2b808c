package dev.chancery.adapters.keys;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTCTime;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.TBSCertificate;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.asn1.x509.V3TBSCertificateGenerator;

/// Certificates for key stores, which hold no private key without one. They say which public key belongs to a private one, and nothing else.
public final class TestCertificates {
    private static final AlgorithmIdentifier ECDSA_WITH_SHA256 = new AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.840.10045.4.3.2"));

    private TestCertificates() {}

    /// A certificate over any public key, by an issuer that nobody trusts.
    ///
    /// @param parser whose certificate it becomes
    public static X509Certificate of(PublicKey key, Provider parser) throws Exception {
        KeyPair issuer = KeyPairGenerator.getInstance("EC").generateKeyPair();
        V3TBSCertificateGenerator fields = new V3TBSCertificateGenerator();
        fields.setSerialNumber(new ASN1Integer(BigInteger.ONE));
        fields.setSignature(ECDSA_WITH_SHA256);
        fields.setIssuer(new X500Name("CN=issuer"));
        fields.setSubject(new X500Name("CN=subject"));
        fields.setStartDate(new Time(new DERUTCTime("231114000000Z")));
        fields.setEndDate(new Time(new DERUTCTime("491114000000Z")));
        fields.setSubjectPublicKeyInfo(SubjectPublicKeyInfo.getInstance(key.getEncoded()));
        TBSCertificate unsigned = fields.generateTBSCertificate();
        Signature signer = Signature.getInstance("SHA256withECDSA");
        signer.initSign(issuer.getPrivate());
        signer.update(unsigned.getEncoded("DER"));
        ASN1EncodableVector parts = new ASN1EncodableVector();
        parts.add(unsigned);
        parts.add(ECDSA_WITH_SHA256);
        parts.add(new DERBitString(signer.sign()));
        return (X509Certificate) CertificateFactory.getInstance("X.509", parser)
                .generateCertificate(new ByteArrayInputStream(new DERSequence(parts).getEncoded("DER")));
    }
}
