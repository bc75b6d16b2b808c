package dev.chancery.adapters.kms.aws;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.SigningAlgorithmSpec;

/// The service's names for kinds of keys and signatures (KMS Developer Guide, *Key spec reference*).
final class AwsAlgorithms {
    private AwsAlgorithms() {}

    static SigningAlgorithmSpec name(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_256 -> SigningAlgorithmSpec.ECDSA_SHA_256;
            case ECDSA_P384_SHA_384 -> SigningAlgorithmSpec.ECDSA_SHA_384;
            case ECDSA_P521_SHA_512 -> SigningAlgorithmSpec.ECDSA_SHA_512;
            case RSA_PKCS1_SHA_256 -> SigningAlgorithmSpec.RSASSA_PKCS1_V1_5_SHA_256;
            case RSA_PSS_SHA_256 -> SigningAlgorithmSpec.RSASSA_PSS_SHA_256;
            case ED25519 -> SigningAlgorithmSpec.ED25519_SHA_512;
            case ED25519_PH -> SigningAlgorithmSpec.ED25519_PH_SHA_512;
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> SigningAlgorithmSpec.ML_DSA_SHAKE_256;
        };
    }

    /// What a key signs with: of the kinds that fit it, those the service names for it.
    static Set<SignatureAlgorithm> of(PublicKey key, List<SigningAlgorithmSpec> named) {
        EnumSet<SignatureAlgorithm> algorithms = EnumSet.noneOf(SignatureAlgorithm.class);
        for (SignatureAlgorithm algorithm : SignatureAlgorithm.forKey(key)) {
            if (named.contains(name(algorithm))) {
                algorithms.add(algorithm);
            }
        }
        return algorithms;
    }

    static KeySpec spec(dev.chancery.domain.key.KeySpec spec) {
        return switch (spec) {
            case P_256 -> KeySpec.ECC_NIST_P256;
            case P_384 -> KeySpec.ECC_NIST_P384;
            case P_521 -> KeySpec.ECC_NIST_P521;
            case ED25519 -> KeySpec.ECC_NIST_EDWARDS25519;
            case RSA_2048 -> KeySpec.RSA_2048;
            case RSA_3072 -> KeySpec.RSA_3072;
            case RSA_4096 -> KeySpec.RSA_4096;
            case ML_DSA_44 -> KeySpec.ML_DSA_44;
            case ML_DSA_65 -> KeySpec.ML_DSA_65;
            case ML_DSA_87 -> KeySpec.ML_DSA_87;
        };
    }
}
