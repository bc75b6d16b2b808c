package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;

/// A signer's certificate in the making, as Fulcio makes them: valid for ten minutes, for an e-mail address, for signing code.
/// What a test doesn't change is sound. Not thread-safe.
public final class ForgedCertificate {
    /// When it begins.
    public static final Instant START = Instant.parse("2026-05-04T10:00:00Z");

    /// Whom it is for.
    public static final String NAME = "dev@forge.test";

    /// Who vouches for the name.
    public static final String ISSUER = "https://login.forge.test";

    /// Its serial number.
    public static final long SERIAL_NUMBER = 7777;

    private static final Duration LIFE = Duration.ofMinutes(10);
    private static final ASN1ObjectIdentifier ISSUER_V2 = new ASN1ObjectIdentifier("1.3.6.1.4.1.57264.1.8");
    private static final ASN1ObjectIdentifier PROMISES = new ASN1ObjectIdentifier("1.3.6.1.4.1.11129.2.4.2");

    private final ForgedKey key = ForgedKey.p256();
    private final List<ForgedCtLog.Promise> promises = new ArrayList<>();
    private final Map<ASN1ObjectIdentifier, byte[]> more = new LinkedHashMap<>();
    private Bytes spki = key.spki();
    private ForgedAuthority authority;
    private KeyPurposeId use = KeyPurposeId.id_kp_codeSigning;
    private int keyUsage = KeyUsage.digitalSignature;
    private boolean isAuthority;
    private boolean strangeCriticalExtension;
    private List<GeneralName> names = List.of(new GeneralName(GeneralName.rfc822Name, NAME));
    private Bytes rawPromises = Bytes.empty();
    private String vouching = ISSUER;
    private Duration life = LIFE;

    ForgedCertificate(ForgedAuthority authority, ForgedCtLog log) {
        this.authority = authority;
        promises.add(log.promise());
    }

    /// The signer's key.
    public ForgedKey key() {
        return key;
    }

    /// Makes it for a key whose private half is elsewhere.
    public ForgedCertificate forKey(Bytes otherSpki) {
        spki = otherSpki;
        return this;
    }

    /// Has another authority issue it.
    public ForgedCertificate by(ForgedAuthority other) {
        authority = other;
        return this;
    }

    /// Makes it for another use.
    public ForgedCertificate forUse(KeyPurposeId other) {
        use = other;
        return this;
    }

    /// Gives its key another usage.
    public ForgedCertificate withKeyUsage(int bits) {
        keyUsage = bits;
        return this;
    }

    /// Makes it an authority's.
    public ForgedCertificate asAuthority() {
        isAuthority = true;
        return this;
    }

    /// Adds a critical extension that nobody knows.
    public ForgedCertificate withStrangeCriticalExtension() {
        strangeCriticalExtension = true;
        return this;
    }

    /// Makes it for others.
    public ForgedCertificate forNames(GeneralName... others) {
        names = List.of(others);
        return this;
    }

    /// Is valid for another time.
    public ForgedCertificate livingFor(Duration time) {
        life = time;
        return this;
    }

    /// Says that another issuer vouches for the name.
    public ForgedCertificate vouchedForBy(String other) {
        vouching = other;
        return this;
    }

    /// Adds an extension of Fulcio's, as raw bytes.
    public ForgedCertificate withRaw(String oid, Bytes value) {
        more.put(new ASN1ObjectIdentifier(oid), value.toByteArray());
        return this;
    }

    /// Adds a claim of Fulcio's, as a UTF8String.
    public ForgedCertificate withClaim(String oid, String value) {
        return withRaw(oid, der(new DERUTF8String(value)));
    }

    /// Has other promises of certificate transparency logs, or none.
    public ForgedCertificate withPromises(ForgedCtLog.Promise... others) {
        promises.clear();
        promises.addAll(List.of(others));
        return this;
    }

    /// Has something else for a list of promises.
    public ForgedCertificate withRawPromises(Bytes value) {
        rawPromises = value;
        return this;
    }

    /// The certificate in DER.
    public Bytes issue() {
        X509CertificateHolder before = ForgedAuthority.sign(builder(), authority.key(), _ -> {});
        if (promises.isEmpty() && rawPromises.isEmpty()) {
            return ForgedAuthority.encoded(before);
        }
        Bytes list = rawPromises.isEmpty()
                ? ForgedCtLog.list(promises.stream().map(promise -> promise.over(before, authority.key())).toList())
                : rawPromises;
        return ForgedAuthority.encoded(ForgedAuthority.sign(builder(), authority.key(),
                builder -> builder.addExtension(PROMISES, false, new DEROctetString(list.toByteArray()))));
    }

    private X509v3CertificateBuilder builder() {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(new X500Name(authority.name()), BigInteger.valueOf(SERIAL_NUMBER), Date.from(START),
                Date.from(START.plus(life)), new X500Name(""), SubjectPublicKeyInfo.getInstance(spki.toByteArray()));
        try {
            builder.addExtension(Extension.keyUsage, true, new KeyUsage(keyUsage));
            builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(use));
            builder.addExtension(Extension.subjectAlternativeName, true, new GeneralNames(names.toArray(GeneralName[]::new)));
            if (isAuthority) {
                builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(true));
            }
            if (strangeCriticalExtension) {
                builder.addExtension(new ASN1ObjectIdentifier("1.2.3.4.5"), true, new DEROctetString(new byte[] {1}));
            }
            builder.addExtension(ISSUER_V2, false, new DERUTF8String(vouching));
            for (Map.Entry<ASN1ObjectIdentifier, byte[]> extension : more.entrySet()) {
                builder.addExtension(extension.getKey(), false, extension.getValue());
            }
            return builder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Bytes der(org.bouncycastle.asn1.ASN1Object object) {
        try {
            return Bytes.copyOf(object.getEncoded("DER"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
