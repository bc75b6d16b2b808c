package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.trust.KeyDetails;
import dev.chancery.domain.trust.TransparencyLogInstance;
import dev.chancery.domain.trust.TrustedKey;
import dev.chancery.domain.trust.ValidityWindow;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/// A certificate transparency log that promises whatever is asked of it (RFC 6962 §3.2).
public final class ForgedCtLog {
    private final ForgedKey key = ForgedKey.p256();

    /// Its key.
    public ForgedKey key() {
        return key;
    }

    /// It as a trusted root has it.
    public TransparencyLogInstance instance(ValidityWindow window) {
        return new TransparencyLogInstance("https://ct.forge.test", HashAlgorithm.SHA_256,
                new TrustedKey(key.spki(), KeyDetails.PKIX_ECDSA_P256_SHA_256, window), key.spkiHash(), Bytes.empty(), "");
    }

    /// A sound promise.
    public Promise promise() {
        return new Promise(key, key.spkiHash(), ForgedCertificate.START, Bytes.empty(), Bytes.empty());
    }

    /// A promise in the making.
    ///
    /// @param key that signs it
    /// @param logId that it names
    /// @param signedExtensions what is signed for its extensions
    /// @param extensions what it says they are
    public record Promise(ForgedKey key, Bytes logId, Instant time, Bytes signedExtensions, Bytes extensions) {
        /// Signed by another key.
        public Promise signedBy(ForgedKey other) {
            return new Promise(other, logId, time, signedExtensions, extensions);
        }

        /// At another time.
        public Promise at(Instant other) {
            return new Promise(key, logId, other, signedExtensions, extensions);
        }

        /// With extensions, of which what is signed may differ.
        public Promise withExtensions(Bytes signed, Bytes shown) {
            return new Promise(key, logId, time, signed, shown);
        }

        Bytes over(X509CertificateHolder certificate, ForgedKey issuer) {
            Bytes signature = key.sign(tls(out -> {
                out.write(new byte[] {0, 0});
                out.writeLong(time.toEpochMilli());
                out.writeShort(1);
                out.write(issuer.spkiHash().toByteArray());
                byte[] tbs = certificate.toASN1Structure().getTBSCertificate().getEncoded("DER");
                out.writeByte(tbs.length >>> 16);
                out.writeShort(tbs.length);
                out.write(tbs);
                opaque(out, signedExtensions);
            }));
            return tls(out -> {
                out.writeByte(0);
                out.write(logId.toByteArray());
                out.writeLong(time.toEpochMilli());
                opaque(out, extensions);
                out.writeByte(4);
                out.writeByte(3);
                opaque(out, signature);
            });
        }
    }

    static Bytes list(List<Bytes> promises) {
        Bytes all = tls(out -> {
            for (Bytes promise : promises) {
                opaque(out, promise);
            }
        });
        return tls(out -> opaque(out, all));
    }

    private interface Writing {
        void to(DataOutputStream out) throws IOException;
    }

    private static Bytes tls(Writing writing) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            writing.to(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Bytes.copyOf(bytes.toByteArray());
    }

    private static void opaque(DataOutputStream out, Bytes content) throws IOException {
        out.writeShort(content.size());
        content.writeTo(out);
    }
}
