package dev.chancery.domain.signing;

import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.GostPublicKey;
import dev.chancery.domain.key.MlDsaParameters;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import dev.chancery.domain.key.Sm2PublicKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The signature algorithms, hash included, so that a combination that doesn't exist can't be said.
/// [#registryName(PublicKey)] gives the name in Sigstore's algorithm registry (protobuf-specs, PublicKeyDetails).
public enum SignatureAlgorithm {
    ECDSA_P256_SHA_256("ecdsa-p256-sha256", HashAlgorithm.SHA_256),
    ECDSA_P384_SHA_384("ecdsa-p384-sha384", HashAlgorithm.SHA_384),
    /// What cosign makes and verifies with a P-384 key. Never a default: it must be named.
    ECDSA_P384_SHA_256("ecdsa-p384-sha256", HashAlgorithm.SHA_256),
    ECDSA_P521_SHA_512("ecdsa-p521-sha512", HashAlgorithm.SHA_512),
    /// Pure Ed25519 (RFC 8032 §5.1): signs the message, not a digest.
    ED25519("ed25519", null),
    /// Ed25519ph (RFC 8032 §5.1 with the prehash SHA-512 and an empty context).
    ED25519_PH("ed25519ph", HashAlgorithm.SHA_512),
    /// RSASSA-PKCS1-v1_5 (RFC 8017 §8.2).
    RSA_PKCS1_SHA_256("rsa-pkcs1-sha256", HashAlgorithm.SHA_256),
    /// RSASSA-PSS (RFC 8017 §8.1), MGF1 with SHA-256, salt of 32 bytes.
    RSA_PSS_SHA_256("rsa-pss-sha256", HashAlgorithm.SHA_256),
    /// ML-DSA (FIPS 204 §5.2), pure, empty context: signs the message.
    ML_DSA_44("ml-dsa-44", null),
    ML_DSA_65("ml-dsa-65", null),
    ML_DSA_87("ml-dsa-87", null),
    /// GOST R 34.10-2012 with Streebog-256 (RFC 7091, RFC 9215 §3), of messages: this program makes no Streebog digests itself. The
    /// signature is `s ‖ r`, as certificates carry it. Through `jca:` only.
    GOST_2012_256("gost2012-256", null),
    /// The same with keys of 512 bits and Streebog-512.
    GOST_2012_512("gost2012-512", null),
    /// SM2 with SM3 and the usual identity `1234567812345678` (GB/T 32918.2, RFC 8998 §3.2.1 for the encoding), of messages, since what is
    /// hashed begins with a value that depends on the key. Through `jca:` only.
    SM2_SM3("sm2-sm3", null);

    private final String cliName;
    private final @Nullable HashAlgorithm hash;

    SignatureAlgorithm(String cliName, @Nullable HashAlgorithm hash) {
        this.cliName = cliName;
        this.hash = hash;
    }

    /// The name on the command line and in our own documents.
    public String cliName() {
        return cliName;
    }

    /// The hash whose digest is signed; nothing for algorithms that take the message itself.
    public Optional<HashAlgorithm> prehash() {
        return Optional.ofNullable(hash);
    }

    /// The hash that a Sigstore bundle's `messageDigest` is made with: the prehash, or SHA-256 where the algorithm has none and the
    /// digest only identifies the artifact.
    public HashAlgorithm messageDigestAlgorithm() {
        return hash == null ? HashAlgorithm.SHA_256 : hash;
    }

    /// Whether a key is of this algorithm's kind and parameters.
    public boolean fits(PublicKey key) {
        return forKey(key).contains(this);
    }

    /// What a key can sign with, the default first: the one that Sigstore's registry names for the key.
    public static List<SignatureAlgorithm> forKey(PublicKey key) {
        return switch (key) {
            case EcPublicKey ec -> switch (ec.curve()) {
                case P_256 -> List.of(ECDSA_P256_SHA_256);
                case P_384 -> List.of(ECDSA_P384_SHA_384, ECDSA_P384_SHA_256);
                case P_521 -> List.of(ECDSA_P521_SHA_512);
            };
            case RsaPublicKey _ -> List.of(RSA_PKCS1_SHA_256, RSA_PSS_SHA_256);
            case Ed25519PublicKey _ -> List.of(ED25519, ED25519_PH);
            case MlDsaPublicKey mlDsa -> switch (mlDsa.parameters()) {
                case MlDsaParameters.ML_DSA_44 -> List.of(ML_DSA_44);
                case MlDsaParameters.ML_DSA_65 -> List.of(ML_DSA_65);
                case MlDsaParameters.ML_DSA_87 -> List.of(ML_DSA_87);
            };
            case GostPublicKey gost -> List.of(gost.parameters().fieldLength() == 32 ? GOST_2012_256 : GOST_2012_512);
            case Sm2PublicKey _ -> List.of(SM2_SM3);
        };
    }

    /// The algorithm called so by [#cliName()]; nothing for an unknown name.
    public static Optional<SignatureAlgorithm> ofCliName(String name) {
        for (SignatureAlgorithm algorithm : values()) {
            if (algorithm.cliName.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The name in Sigstore's algorithm registry (protobuf-specs, sigstore_common.proto, PublicKeyDetails) for this algorithm with
    /// this key; nothing where the registry has none (ML-DSA-44, GOST, SM2, RSA of unlisted sizes).
    public Optional<String> registryName(PublicKey key) {
        return switch (this) {
            case ECDSA_P256_SHA_256 -> Optional.of("PKIX_ECDSA_P256_SHA_256");
            case ECDSA_P384_SHA_384 -> Optional.of("PKIX_ECDSA_P384_SHA_384");
            case ECDSA_P384_SHA_256 -> Optional.of("PKIX_ECDSA_P384_SHA_256");
            case ECDSA_P521_SHA_512 -> Optional.of("PKIX_ECDSA_P521_SHA_512");
            case ED25519 -> Optional.of("PKIX_ED25519");
            case ED25519_PH -> Optional.of("PKIX_ED25519_PH");
            case RSA_PKCS1_SHA_256 -> rsaSize(key).map(bits -> "PKIX_RSA_PKCS1V15_" + bits + "_SHA256");
            case RSA_PSS_SHA_256 -> rsaSize(key).map(bits -> "PKIX_RSA_PSS_" + bits + "_SHA256");
            case ML_DSA_44, GOST_2012_256, GOST_2012_512, SM2_SM3 -> Optional.empty();
            case ML_DSA_65 -> Optional.of("ML_DSA_65");
            case ML_DSA_87 -> Optional.of("ML_DSA_87");
        };
    }

    private static Optional<Integer> rsaSize(PublicKey key) {
        return key instanceof RsaPublicKey rsa && (rsa.bits() == 2048 || rsa.bits() == 3072 || rsa.bits() == 4096)
                ? Optional.of(rsa.bits())
                : Optional.empty();
    }
}
