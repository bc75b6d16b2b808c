package dev.chancery.verification.attestation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborWriter;
import dev.chancery.testkit.forge.ForgedAuthority;
import dev.chancery.testkit.forge.ForgedKey;
import java.math.BigInteger;
import java.util.Date;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A registration in the making, put together by hand after WebAuthn L3 §6.5. What a test doesn't change is sound.
final class ForgedRegistration {
    static final String AAGUID = "000102030405060708090a0b0c0d0e0f";
    static final String MODEL = "00010203-0405-0607-0809-0a0b0c0d0e0f";
    static final String SUBJECT = "C=DE,O=Forge,OU=Authenticator Attestation,CN=Forged key";
    static final ForgedAuthority ROOT = ForgedAuthority.root("CN=Forged maker", ForgedAuthority.Shape.SOUND);

    final ForgedKey key = ForgedKey.p256();
    final ForgedKey attestationKey = ForgedKey.p256();
    String rpId = "sign.example.com";
    int flags = 0x45;
    String aaguid = AAGUID;
    String clientData = "{\"type\":\"webauthn.create\",\"challenge\":\"AAAAAAAAAAAAAAAAAAAAAA\",\"origin\":\"https://sign.example.com\"}";
    String subject = SUBJECT;
    boolean authority;
    String certifiedAaguid = AAGUID;
    long alg = -7;
    boolean spoiled;

    /// SubjectPublicKeyInfo of P-256 has 26 bytes before the point, which is 04, x and y (RFC 5480 §2).
    private Bytes point() {
        return key.spki().slice(26, key.spki().size());
    }

    Bytes clientDataJson() {
        return Bytes.ofUtf8(clientData);
    }

    private Bytes authenticatorData() {
        Cbor.Map cose = Cbor.map().put(1, new Cbor.Int(2)).put(3, new Cbor.Int(-7)).put(-1, new Cbor.Int(1))
                .put(-2, new Cbor.ByteString(point().slice(1, 33))).put(-3, new Cbor.ByteString(point().slice(33, 65))).build();
        return HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(rpId)).value().concat(Bytes.fromHex(String.format("%02x", flags) + "00000001" + aaguid + "0003010203"))
                .concat(CborWriter.write(cose));
    }

    private Bytes hash() {
        return HashAlgorithm.SHA_256.digest(clientDataJson()).value();
    }

    private Cbor signature(ForgedKey by, Bytes content) {
        return new Cbor.ByteString(by.sign(spoiled ? content.concat(Bytes.fromHex("00")) : content));
    }

    private Bytes object(String format, Cbor.Map statement) {
        return CborWriter.write(Cbor.map().put("fmt", new Cbor.Text(format)).put("attStmt", statement).put("authData", new Cbor.ByteString(authenticatorData())).build());
    }

    Bytes self() {
        return object("packed", Cbor.map().put("alg", new Cbor.Int(alg)).put("sig", signature(key, authenticatorData().concat(hash()))).build());
    }

    Bytes packed() throws Exception {
        return object("packed", Cbor.map().put("alg", new Cbor.Int(alg)).put("sig", signature(attestationKey, authenticatorData().concat(hash())))
                .put("x5c", new Cbor.Array(List.of(new Cbor.ByteString(certificate())))).build());
    }

    Bytes u2f(int certificates) throws Exception {
        Bytes signed = Bytes.fromHex("00").concat(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(rpId)).value()).concat(hash()).concat(Bytes.fromHex("010203")).concat(point());
        Cbor certificate = new Cbor.ByteString(certificate());
        return object("fido-u2f", Cbor.map().put("sig", signature(attestationKey, signed))
                .put("x5c", new Cbor.Array(java.util.Collections.nCopies(certificates, certificate))).build());
    }

    Bytes other(String format, boolean empty) {
        return object(format, empty ? Cbor.map().build() : Cbor.map().put("alg", new Cbor.Int(-7)).build());
    }

    private Bytes certificate() throws Exception {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(new X500Name(ROOT.name()), BigInteger.TEN, Date.from(ForgedAuthority.START),
                Date.from(ForgedAuthority.END), new X500Name(subject), SubjectPublicKeyInfo.getInstance(attestationKey.spki().toByteArray()));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(authority));
        if (!certifiedAaguid.isEmpty()) {
            builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.45724.1.1.4"), false, new DEROctetString(Bytes.fromHex(certifiedAaguid).toByteArray()));
        }
        return Bytes.copyOf(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(ROOT.key().pair().getPrivate())).getEncoded());
    }
}
