package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.GostPublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.key.Sm2PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.math.BigInteger;
import java.security.GeneralSecurityException;

/// All the rules of verification, over whichever arithmetic.
final class StrictSignatureVerifier implements SignatureVerifier {
    private static final int ED25519_SIGNATURE = 64;

    private final Primitives primitives;

    StrictSignatureVerifier(Primitives primitives) {
        this.primitives = primitives;
    }

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
            // The providers' way of saying that a key or signature is malformed.
            return false;
        }
    }

    private boolean verifiesDigest(PublicKey key, Digest digest, Signature signature) throws GeneralSecurityException {
        if (!signature.algorithm().prehash().filter(digest.algorithm()::equals).isPresent()) {
            return false;
        }
        return switch (signature.algorithm()) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512 ->
                key instanceof EcPublicKey ec && EcdsaDer.isStrict(ec.curve(), signature.value())
                        && primitives.ecdsa(ec, digest, signature.value());
            case RSA_PKCS1_SHA_256 -> key instanceof RsaPublicKey rsa && isRsaRepresentative(rsa, signature.value())
                    && RsaEncodings.isPkcs1(primitives.rsa(rsa, signature.value()), digest);
            case RSA_PSS_SHA_256 -> key instanceof RsaPublicKey rsa && isRsaRepresentative(rsa, signature.value())
                    && RsaEncodings.isPss(primitives.rsa(rsa, signature.value()), rsa.bits() - 1, digest);
            case ED25519_PH -> key instanceof Ed25519PublicKey ed && isEd25519(ed, signature.value())
                    && Ed25519Prehash.verifies(ed, digest, signature.value());
            case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87, GOST_2012_256, GOST_2012_512, SM2_SM3 -> false;
        };
    }

    private boolean verifiesMessage(PublicKey key, Bytes message, Signature signature) throws GeneralSecurityException {
        return switch (signature.algorithm()) {
            case ED25519 -> key instanceof Ed25519PublicKey ed && isEd25519(ed, signature.value())
                    && primitives.ed25519(ed, message, signature.value());
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> key instanceof MlDsaPublicKey mlDsa
                    && signature.value().size() == mlDsaLength(mlDsa) && primitives.mlDsa(mlDsa, message, signature.value());
            case GOST_2012_256, GOST_2012_512 -> key instanceof GostPublicKey gost
                    && NationalSignatures.gost(gost, message, signature.value());
            case SM2_SM3 -> key instanceof Sm2PublicKey sm2 && EcdsaDer.isStrictSm2(signature.value())
                    && NationalSignatures.sm2(sm2, message, signature.value());
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512, ED25519_PH, RSA_PKCS1_SHA_256,
                    RSA_PSS_SHA_256 -> false;
        };
    }

    /// RFC 8017 §8.2.2 step 1 and §5.2.2 step 1.
    private static boolean isRsaRepresentative(RsaPublicKey key, Bytes signature) {
        return signature.size() == (key.bits() + 7) / 8 && new BigInteger(1, signature.toByteArray()).compareTo(key.modulus()) < 0;
    }

    /// With a key of small order anybody's signature is sound: RFC 8032 leaves its refusal to the verifier.
    private static boolean isEd25519(Ed25519PublicKey key, Bytes signature) {
        return signature.size() == ED25519_SIGNATURE && Ed25519Points.isUsableKey(key.point());
    }

    /// FIPS 204 table 2.
    private static int mlDsaLength(MlDsaPublicKey key) {
        return switch (key.parameters()) {
            case ML_DSA_44 -> 2420;
            case ML_DSA_65 -> 3309;
            case ML_DSA_87 -> 4627;
        };
    }
}
