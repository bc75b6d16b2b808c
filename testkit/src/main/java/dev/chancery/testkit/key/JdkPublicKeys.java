package dev.chancery.testkit.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.GostPublicKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.key.Sm2PublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;

/// Public keys between the JDK's form and this project's, for tests.
public final class JdkPublicKeys {
    private JdkPublicKeys() {}

    /// The JDK's form of a key.
    public static java.security.PublicKey toJdk(PublicKey key) {
        try {
            return KeyFactory.getInstance(family(key)).generatePublic(new X509EncodedKeySpec(key.subjectPublicKeyInfo().toByteArray()));
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK refuses " + key.description(), e);
        }
    }

    /// This project's form of a key.
    ///
    /// @throws IllegalArgumentException for a kind that this project doesn't have
    public static PublicKey fromJdk(java.security.PublicKey key) {
        Bytes encoded = Bytes.copyOf(key.getEncoded());
        if (key instanceof ECPublicKey ec) {
            for (Curve curve : Curve.values()) {
                // P-256, P-384 and P-521 differ in the length of their fields.
                if (curve.fieldLength() == (ec.getParams().getCurve().getField().getFieldSize() + 7) / 8) {
                    return new EcPublicKey(curve, Bytes.copyOf(new byte[] {4})
                            .concat(fixed(ec.getW().getAffineX(), curve.fieldLength()))
                            .concat(fixed(ec.getW().getAffineY(), curve.fieldLength())));
                }
            }
        }
        if (key instanceof RSAPublicKey rsa) {
            return new RsaPublicKey(rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key.getAlgorithm().equals("EdDSA") && encoded.size() == 44) {
            return new Ed25519PublicKey(encoded.slice(12, 44));
        }
        for (MlDsaParameters parameters : MlDsaParameters.values()) {
            if (key.getAlgorithm().equals("ML-DSA") && encoded.size() > parameters.publicKeyLength()) {
                MlDsaPublicKey candidate = new MlDsaPublicKey(parameters,
                        encoded.slice(encoded.size() - parameters.publicKeyLength(), encoded.size()));
                if (candidate.subjectPublicKeyInfo().equals(encoded)) {
                    return candidate;
                }
            }
        }
        throw new IllegalArgumentException("no " + key.getAlgorithm() + " keys here");
    }

    private static String family(PublicKey key) {
        return switch (key) {
            case EcPublicKey _ -> "EC";
            case RsaPublicKey _ -> "RSA";
            case Ed25519PublicKey _ -> "Ed25519";
            case MlDsaPublicKey mlDsa -> mlDsa.parameters().standardName();
            case GostPublicKey _, Sm2PublicKey _ -> throw new AssertionError("the JDK has no " + key.description());
        };
    }

    private static Bytes fixed(BigInteger value, int length) {
        byte[] minimal = value.toByteArray();
        byte[] out = new byte[length];
        int used = Math.min(minimal.length, length);
        System.arraycopy(minimal, minimal.length - used, out, length - used, used);
        return Bytes.copyOf(out);
    }
}
