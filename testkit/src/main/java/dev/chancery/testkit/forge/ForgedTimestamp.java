package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.io.IOException;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cmp.PKIStatus;
import org.bouncycastle.asn1.cmp.PKIStatusInfo;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.tsp.Accuracy;
import org.bouncycastle.asn1.tsp.MessageImprint;
import org.bouncycastle.asn1.tsp.TSTInfo;
import org.bouncycastle.asn1.tsp.TimeStampResp;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.SignerInfoGenerator;
import org.bouncycastle.cms.SignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/// An RFC 3161 timestamp in the making.
///
/// @param authority that signs it
/// @param named the certificate that its signed attributes name
/// @param imprint SHA-256 of what is stamped
/// @param accuracySeconds 0 for none
/// @param status of the response: 0 for granted
public record ForgedTimestamp(ForgedAuthority authority, ForgedAuthority named, Bytes imprint, Instant time, int accuracySeconds, int status) {
    static ForgedTimestamp sound(ForgedAuthority authority, Bytes over) {
        return ofImprint(authority, HashAlgorithm.SHA_256.digest(over).value());
    }

    /// A sound one over something of which only the SHA-256 digest is known.
    static ForgedTimestamp ofImprint(ForgedAuthority authority, Bytes imprint) {
        return new ForgedTimestamp(authority, authority, imprint, ForgedCertificate.START.plusSeconds(5), 1, PKIStatus.GRANTED);
    }

    /// By another authority.
    public ForgedTimestamp by(ForgedAuthority other) {
        return new ForgedTimestamp(other, other, imprint, time, accuracySeconds, status);
    }

    /// Signed attributes that name another certificate.
    public ForgedTimestamp naming(ForgedAuthority other) {
        return new ForgedTimestamp(authority, other, imprint, time, accuracySeconds, status);
    }

    /// Over something else.
    public ForgedTimestamp overOther(Bytes other) {
        return new ForgedTimestamp(authority, named, HashAlgorithm.SHA_256.digest(other).value(), time, accuracySeconds, status);
    }

    /// At another time.
    public ForgedTimestamp at(Instant other) {
        return new ForgedTimestamp(authority, named, imprint, other, accuracySeconds, status);
    }

    /// With another accuracy.
    public ForgedTimestamp within(int seconds) {
        return new ForgedTimestamp(authority, named, imprint, time, seconds, status);
    }

    /// With another status.
    public ForgedTimestamp withStatus(int other) {
        return new ForgedTimestamp(authority, named, imprint, time, accuracySeconds, other);
    }

    /// The response in DER.
    public Bytes issue() {
        try {
            TSTInfo info = new TSTInfo(new ASN1ObjectIdentifier("1.2.3.4"), new MessageImprint(
                            new AlgorithmIdentifier(NISTObjectIdentifiers.id_sha256), imprint.toByteArray()),
                    new ASN1Integer(BigInteger.valueOf(99)), new ASN1GeneralizedTime(Date.from(time)),
                    accuracySeconds == 0 ? null : new Accuracy(new ASN1Integer(accuracySeconds), null, null), null, null, null, null);
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            generator.addSignerInfoGenerator(signer());
            generator.addCertificates(new JcaCertStore(java.util.List.of(authority.certificate())));
            CMSSignedData signed = generator.generate(
                    new CMSProcessableByteArray(PKCSObjectIdentifiers.id_ct_TSTInfo, info.getEncoded("DER")), true);
            ContentInfo token = ContentInfo.getInstance(signed.toASN1Structure());
            return Bytes.copyOf(new TimeStampResp(new PKIStatusInfo(PKIStatus.getInstance(new ASN1Integer(status))), token).getEncoded("DER"));
        } catch (OperatorCreationException | CMSException | java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private SignerInfoGenerator signer() throws OperatorCreationException, java.security.GeneralSecurityException {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(named.der().toByteArray());
        SigningCertificateV2 names = new SigningCertificateV2(new ESSCertIDv2(hash));
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(names)));
        return new SignerInfoGeneratorBuilder(new JcaDigestCalculatorProviderBuilder().build())
                .setSignedAttributeGenerator(new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes)))
                .build(new JcaContentSignerBuilder(authority.key().algorithm()).build(authority.key().pair().getPrivate()), authority.certificate());
    }
}
