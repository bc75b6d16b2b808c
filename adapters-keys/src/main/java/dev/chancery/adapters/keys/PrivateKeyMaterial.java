package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.ECFieldFp;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.spec.ECNamedCurveParameterSpec;

/// A private key with the public key that follows from it. The JDK gives no way to wipe a private key: it stays in memory until the
/// garbage collector takes it.
///
/// @param privateKey the JDK's key
/// @param publicKey computed from the private key, never read from beside it
record PrivateKeyMaterial(PrivateKey privateKey, PublicKey publicKey) {
    /// Reads an unencrypted PKCS#8 PrivateKeyInfo. The caller wipes the array.
    static PrivateKeyMaterial fromPkcs8(byte[] pkcs8, String place) throws KeyException {
        for (String family : List.of("EC", "RSA", "Ed25519")) {
            try {
                PrivateKey key = KeyFactory.getInstance(family).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
                return new PrivateKeyMaterial(key, publicKeyOf(key, pkcs8));
            } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
                if (family.equals("Ed25519")) {
                    throw KeyFiles.invalid(place, "it is no ECDSA (P-256, P-384, P-521), RSA (2048 to 4096) or Ed25519 key in PKCS#8", e);
                }
            }
        }
        throw new IllegalStateException("unreachable");
    }

    private static PublicKey publicKeyOf(PrivateKey key, byte[] pkcs8) throws IOException {
        return switch (key) {
            case ECPrivateKey ec -> ecPublicKey(ec);
            case RSAPrivateCrtKey rsa -> new RsaPublicKey(rsa.getModulus(), rsa.getPublicExponent());
            default -> ed25519PublicKey(pkcs8);
        };
    }

    private static EcPublicKey ecPublicKey(ECPrivateKey key) {
        int bits = ((ECFieldFp) key.getParams().getCurve().getField()).getP().bitLength();
        for (Curve curve : Curve.values()) {
            ECNamedCurveParameterSpec domain = ECNamedCurveTable.getParameterSpec(curve.secName());
            BigInteger order = key.getParams().getOrder();
            if (domain.getCurve().getFieldSize() == bits && domain.getN().equals(order)) {
                BigInteger scalar = key.getS();
                if (scalar.signum() <= 0 || scalar.compareTo(order) >= 0) {
                    throw new IllegalArgumentException("the private scalar is out of range");
                }
                return new EcPublicKey(curve, Bytes.copyOf(domain.getG().multiply(scalar).normalize().getEncoded(false)));
            }
        }
        throw new IllegalArgumentException("the curve is not P-256, P-384 or P-521");
    }

    private static Ed25519PublicKey ed25519PublicKey(byte[] pkcs8) throws IOException {
        AsymmetricKeyParameter key = PrivateKeyFactory.createKey(pkcs8);
        if (key instanceof Ed25519PrivateKeyParameters ed) {
            return new Ed25519PublicKey(Bytes.copyOf(ed.generatePublicKey().getEncoded()));
        }
        throw new IllegalArgumentException("not an Ed25519 key");
    }
}
