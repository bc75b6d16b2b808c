package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.GostPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.Sm2PublicKey;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_256Digest;
import org.bouncycastle.crypto.digests.GOST3411_2012_512Digest;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.signers.ECGOST3410Signer;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/// GOST R 34.10-2012 and SM2, which neither the JDK nor AWS-LC has. Loaded only when such a key is met.
final class NationalSignatures {
    private static final byte[] SM2_IDENTITY = "1234567812345678".getBytes(StandardCharsets.US_ASCII);

    private NationalSignatures() {}

    static boolean isOnCurve(GostPublicKey key) {
        try {
            parameters(key);
            return true;
        } catch (InvalidKeyException e) {
            return false;
        }
    }

    /// @param signature `s ‖ r` (RFC 9215 §3)
    static boolean gost(GostPublicKey key, Bytes message, Bytes signature) throws InvalidKeyException {
        int half = key.parameters().fieldLength();
        if (signature.size() != 2 * half) {
            return false;
        }
        Digest digest = half == 32 ? new GOST3411_2012_256Digest() : new GOST3411_2012_512Digest();
        digest.update(message.toByteArray(), 0, message.size());
        byte[] hash = new byte[digest.getDigestSize()];
        digest.doFinal(hash, 0);
        ECGOST3410Signer signer = new ECGOST3410Signer();
        signer.init(false, parameters(key));
        BigInteger s = new BigInteger(1, signature.slice(0, half).toByteArray());
        BigInteger r = new BigInteger(1, signature.slice(half, 2 * half).toByteArray());
        return signer.verifySignature(hash, r, s);
    }

    /// @param signature strict DER with r and s in range
    static boolean sm2(Sm2PublicKey key, Bytes message, Bytes signature) throws InvalidKeyException {
        SM2Signer signer = new SM2Signer();
        signer.init(false, new ParametersWithID(parameters(key), SM2_IDENTITY));
        signer.update(message.toByteArray(), 0, message.size());
        return signer.verifySignature(signature.toByteArray());
    }

    private static AsymmetricKeyParameter parameters(PublicKey key) throws InvalidKeyException {
        try {
            return PublicKeyFactory.createKey(key.subjectPublicKeyInfo().toByteArray());
        } catch (IOException | IllegalArgumentException e) {
            throw new InvalidKeyException("not a point on its curve", e);
        }
    }
}
