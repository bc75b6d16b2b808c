package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Optional;

/// The service's names for kinds of keys (CryptoKeyVersionAlgorithm). secp256k1, RSA with SHA-512 or without a hash, SLH-DSA, and
/// ML-DSA, whose public keys come in another form than PEM, are not used here.
final class GoogleAlgorithms {
    private GoogleAlgorithms() {}

    static Optional<SignatureAlgorithm> of(CryptoKeyVersionAlgorithm algorithm) {
        return switch (algorithm) {
            case EC_SIGN_P256_SHA256 -> Optional.of(SignatureAlgorithm.ECDSA_P256_SHA_256);
            case EC_SIGN_P384_SHA384 -> Optional.of(SignatureAlgorithm.ECDSA_P384_SHA_384);
            case EC_SIGN_ED25519 -> Optional.of(SignatureAlgorithm.ED25519);
            case RSA_SIGN_PKCS1_2048_SHA256, RSA_SIGN_PKCS1_3072_SHA256, RSA_SIGN_PKCS1_4096_SHA256 ->
                    Optional.of(SignatureAlgorithm.RSA_PKCS1_SHA_256);
            case RSA_SIGN_PSS_2048_SHA256, RSA_SIGN_PSS_3072_SHA256, RSA_SIGN_PSS_4096_SHA256 ->
                    Optional.of(SignatureAlgorithm.RSA_PSS_SHA_256);
            default -> Optional.empty();
        };
    }

    static CryptoKeyVersionAlgorithm of(KeySpec spec) {
        return switch (spec) {
            case P_256 -> CryptoKeyVersionAlgorithm.EC_SIGN_P256_SHA256;
            case P_384 -> CryptoKeyVersionAlgorithm.EC_SIGN_P384_SHA384;
            case ED25519 -> CryptoKeyVersionAlgorithm.EC_SIGN_ED25519;
            case RSA_2048 -> CryptoKeyVersionAlgorithm.RSA_SIGN_PKCS1_2048_SHA256;
            case RSA_3072 -> CryptoKeyVersionAlgorithm.RSA_SIGN_PKCS1_3072_SHA256;
            case RSA_4096 -> CryptoKeyVersionAlgorithm.RSA_SIGN_PKCS1_4096_SHA256;
            case P_521, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> throw new IllegalArgumentException("not a kind the service makes for us");
        };
    }
}
