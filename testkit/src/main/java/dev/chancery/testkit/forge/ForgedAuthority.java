package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/// A certificate authority, or anyone with a certificate and its key.
public final class ForgedAuthority {
    /// When every authority's certificate begins.
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    /// When it ends.
    public static final Instant END = Instant.parse("2036-01-01T00:00:00Z");

    /// The serial number of each authority's certificate.
    public static final long SERIAL_NUMBER = 0x5eed;

    private static final BigInteger SERIAL = BigInteger.valueOf(SERIAL_NUMBER);

    private final String name;
    private final ForgedKey key;
    private final X509CertificateHolder certificate;

    private ForgedAuthority(String name, ForgedKey key, X509CertificateHolder certificate) {
        this.name = name;
        this.key = key;
        this.certificate = certificate;
    }

    /// What an authority's certificate is to be like.
    ///
    /// @param pathLength how many authorities may stand below it; negative for no authority at all
    /// @param keyUsage of an authority's key, in bits of [KeyUsage]
    /// @param more adds further extensions
    public record Shape(int pathLength, Instant notAfter, int keyUsage, Extensions more) {
        /// A sound authority with room for one below it.
        public static final Shape SOUND = new Shape(1, END, KeyUsage.keyCertSign, _ -> {});

        /// The same with another path length.
        public Shape withPathLength(int length) {
            return new Shape(length, notAfter, keyUsage, more);
        }

        /// The same with another end.
        public Shape until(Instant end) {
            return new Shape(pathLength, end, keyUsage, more);
        }

        /// The same with a key for other uses.
        public Shape withKeyUsage(int bits) {
            return new Shape(pathLength, notAfter, bits, more);
        }

        /// The same with further extensions.
        public Shape with(Extensions extensions) {
            return new Shape(pathLength, notAfter, keyUsage, extensions);
        }
    }

    /// Adds extensions to a certificate in the making.
    public interface Extensions {
        /// Adds them.
        ///
        /// @throws IOException when one can't be encoded
        void addTo(X509v3CertificateBuilder builder) throws IOException;
    }

    /// A self-signed authority.
    public static ForgedAuthority root(String name, Shape shape) {
        ForgedKey key = ForgedKey.p256();
        return new ForgedAuthority(name, key, certify(name, key, name, key, shape));
    }

    /// An authority that this one has certified.
    public ForgedAuthority subordinate(String subordinate, Shape shape) {
        ForgedKey own = ForgedKey.p256();
        return new ForgedAuthority(subordinate, own, certify(name, key, subordinate, own, shape));
    }

    private static X509CertificateHolder certify(String issuer, ForgedKey issuerKey, String subject, ForgedKey subjectKey, Shape shape) {
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(new X500Name(issuer), SERIAL, Date.from(START), Date.from(shape.notAfter()),
                new X500Name(subject), SubjectPublicKeyInfo.getInstance(subjectKey.spki().toByteArray()));
        return sign(builder, issuerKey, more -> {
            if (shape.pathLength() >= 0) {
                more.addExtension(Extension.basicConstraints, true, new BasicConstraints(shape.pathLength()));
                more.addExtension(Extension.keyUsage, true, new KeyUsage(shape.keyUsage()));
            }
            shape.more().addTo(more);
        });
    }

    static X509CertificateHolder sign(X509v3CertificateBuilder builder, ForgedKey key, Extensions extensions) {
        try {
            extensions.addTo(builder);
            return builder.build(new JcaContentSignerBuilder(key.algorithm()).build(key.pair().getPrivate()));
        } catch (OperatorCreationException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Its distinguished name.
    public String name() {
        return name;
    }

    /// Its key.
    public ForgedKey key() {
        return key;
    }

    /// Its certificate.
    public X509CertificateHolder certificate() {
        return certificate;
    }

    /// Its certificate in DER.
    public Bytes der() {
        return encoded(certificate);
    }

    static Bytes encoded(X509CertificateHolder holder) {
        try {
            return Bytes.copyOf(holder.getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
