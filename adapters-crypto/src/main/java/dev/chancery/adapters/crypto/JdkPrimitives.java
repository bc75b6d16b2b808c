package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.Signature;

/// The JDK's own arithmetic: nothing to load, and slow for elliptic curves.
final class JdkPrimitives implements Primitives {
    @Override
    public boolean ecdsa(EcPublicKey key, Digest digest, Bytes signature) throws GeneralSecurityException {
        return verify("NONEwithECDSA", key, digest.value(), signature);
    }

    @Override
    public Bytes rsa(RsaPublicKey key, Bytes signature) {
        BigInteger message = new BigInteger(1, signature.toByteArray()).modPow(key.exponent(), key.modulus());
        byte[] minimal = message.toByteArray();
        byte[] encoded = new byte[signature.size()];
        int used = Math.min(minimal.length, encoded.length);
        System.arraycopy(minimal, minimal.length - used, encoded, encoded.length - used, used);
        return Bytes.copyOf(encoded);
    }

    @Override
    public boolean ed25519(Ed25519PublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return verify("Ed25519", key, message, signature);
    }

    @Override
    public boolean mlDsa(MlDsaPublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException {
        return verify("ML-DSA", key, message, signature);
    }

    private static boolean verify(String jcaName, PublicKey key, Bytes content, Bytes signature) throws GeneralSecurityException {
        Signature verifier = Signature.getInstance(jcaName);
        verifier.initVerify(JcaKeys.of(key));
        // As an array: JDK 25's NONEwithECDSA refuses a buffer of exactly 64 bytes, which is SHA-512's length.
        verifier.update(content.toByteArray());
        return verifier.verify(signature.toByteArray());
    }
}
