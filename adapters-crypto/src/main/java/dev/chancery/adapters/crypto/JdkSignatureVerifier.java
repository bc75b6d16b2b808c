package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.HexFormat;

/// Verifies with the JDK's own providers.
public final class JdkSignatureVerifier implements SignatureVerifier {
    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.copyOf(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));

    @Override
    public boolean verifies(PublicKey key, SigningInput input, Signature signature) {
        if (!signature.algorithm().fits(key)) {
            return false;
        }
        try {
            return switch (input) {
                case SigningInput.Prehashed prehashed -> verifiesDigest(key, prehashed.digest(), signature);
                case SigningInput.Message message -> verifiesMessage(key, message.content(), signature);
            };
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static boolean verifiesDigest(PublicKey key, Digest digest, Signature signature) throws GeneralSecurityException {
        SignatureAlgorithm algorithm = signature.algorithm();
        if (!algorithm.prehash().map(digest.algorithm()::equals).orElse(false)) {
            return false;
        }
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512 ->
                key instanceof EcPublicKey ec && EcdsaDer.isStrict(ec.curve(), signature.value())
                        && verify("NONEwithECDSA", key, digest.value(), signature.value());
            case RSA_PKCS1_SHA_256 -> key instanceof RsaPublicKey rsa && pkcs1(rsa, digest, signature.value());
            case RSA_PSS_SHA_256 -> key instanceof RsaPublicKey rsa && RsaPss.verifies(rsa, digest, signature.value());
            case ED25519_PH -> Ed25519Prehash.verifies(key, digest, signature.value());
            case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> false;
        };
    }

    private static boolean verifiesMessage(PublicKey key, Bytes message, Signature signature) throws GeneralSecurityException {
        return switch (signature.algorithm()) {
            case ED25519 -> verify("Ed25519", key, message, signature.value());
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> verify("ML-DSA", key, message, signature.value());
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512, ED25519_PH, RSA_PKCS1_SHA_256,
                    RSA_PSS_SHA_256 -> false;
        };
    }

    private static boolean verify(String jcaName, PublicKey key, Bytes content, Bytes signature) throws GeneralSecurityException {
        java.security.Signature verifier = java.security.Signature.getInstance(jcaName);
        verifier.initVerify(JcaKeys.of(key));
        verifier.update(content.byteBuffer());
        return verifier.verify(signature.toByteArray());
    }

    /// RFC 8017 §8.2.2 by comparison: the one correct encoding is built and compared, nothing is parsed.
    private static boolean pkcs1(RsaPublicKey key, Digest digest, Bytes signature) {
        int length = (key.bits() + 7) / 8;
        if (digest.algorithm() != HashAlgorithm.SHA_256 || signature.size() != length) {
            return false;
        }
        BigInteger s = new BigInteger(1, signature.toByteArray());
        if (s.compareTo(key.modulus()) >= 0) {
            return false;
        }
        Bytes info = SHA_256_DIGEST_INFO.concat(digest.value());
        byte[] expected = new byte[length];
        java.util.Arrays.fill(expected, (byte) 0xff);
        expected[0] = 0;
        expected[1] = 1;
        expected[length - info.size() - 1] = 0;
        System.arraycopy(info.toByteArray(), 0, expected, length - info.size(), info.size());
        return s.modPow(key.exponent(), key.modulus()).equals(new BigInteger(1, expected));
    }
}
