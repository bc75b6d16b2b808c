package dev.chancery.testkit.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.spec.EdDSAParameterSpec;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;

/// Verifies signatures over whole contents with the JDK alone: the second opinion of the contract kit.
public final class JdkSignatureCheck {
    private JdkSignatureCheck() {}

    /// Whether the JDK takes the signature for the content, which it hashes itself.
    public static boolean verifies(PublicKey key, Bytes content, Signature signature) {
        try {
            java.security.Signature verifier = verifier(signature.algorithm());
            verifier.initVerify(JdkPublicKeys.toJdk(key));
            verifier.update(content.byteBuffer());
            return verifier.verify(signature.value().toByteArray());
        } catch (java.security.SignatureException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new AssertionError("the JDK cannot verify " + signature.algorithm(), e);
        }
    }

    private static java.security.Signature verifier(SignatureAlgorithm algorithm) throws GeneralSecurityException {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_256 -> java.security.Signature.getInstance("SHA256withECDSA");
            case ECDSA_P384_SHA_384 -> java.security.Signature.getInstance("SHA384withECDSA");
            case ECDSA_P521_SHA_512 -> java.security.Signature.getInstance("SHA512withECDSA");
            case RSA_PKCS1_SHA_256 -> java.security.Signature.getInstance("SHA256withRSA");
            case RSA_PSS_SHA_256 -> {
                java.security.Signature pss = java.security.Signature.getInstance("RSASSA-PSS");
                pss.setParameter(new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC));
                yield pss;
            }
            case ED25519 -> java.security.Signature.getInstance("Ed25519");
            case ED25519_PH -> {
                java.security.Signature prehash = java.security.Signature.getInstance("Ed25519");
                prehash.setParameter(new EdDSAParameterSpec(true));
                yield prehash;
            }
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> java.security.Signature.getInstance("ML-DSA");
            case GOST_2012_256, GOST_2012_512, SM2_SM3 -> throw new AssertionError("the JDK has no " + algorithm.cliName());
        };
    }
}
