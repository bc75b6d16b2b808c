package dev.chancery.domain.trust;

import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a public key of a trusted root is encoded, and what it signs with (protobuf-specs v0.5, sigstore_common.proto, PublicKeyDetails;
/// the names are the proto's). In the order of the proto's numbers, from 0.
public enum KeyDetails {
    PUBLIC_KEY_DETAILS_UNSPECIFIED(Encoding.UNKNOWN, null),
    PKCS1_RSA_PKCS1V5(Encoding.PKCS1, SignatureAlgorithm.RSA_PKCS1_SHA_256),
    PKCS1_RSA_PSS(Encoding.PKCS1, SignatureAlgorithm.RSA_PSS_SHA_256),
    PKIX_RSA_PKCS1V5(Encoding.PKIX, SignatureAlgorithm.RSA_PKCS1_SHA_256),
    PKIX_RSA_PSS(Encoding.PKIX, SignatureAlgorithm.RSA_PSS_SHA_256),
    PKIX_ECDSA_P256_SHA_256(Encoding.PKIX, SignatureAlgorithm.ECDSA_P256_SHA_256),
    /// Deterministic nonces (RFC 6979): to a verifier the same as [#PKIX_ECDSA_P256_SHA_256].
    PKIX_ECDSA_P256_HMAC_SHA_256(Encoding.PKIX, SignatureAlgorithm.ECDSA_P256_SHA_256),
    PKIX_ED25519(Encoding.PKIX, SignatureAlgorithm.ED25519),
    PKIX_ED25519_PH(Encoding.PKIX, SignatureAlgorithm.ED25519_PH),
    PKIX_RSA_PKCS1V15_2048_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PKCS1_SHA_256),
    PKIX_RSA_PKCS1V15_3072_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PKCS1_SHA_256),
    PKIX_RSA_PKCS1V15_4096_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PKCS1_SHA_256),
    PKIX_ECDSA_P384_SHA_384(Encoding.PKIX, SignatureAlgorithm.ECDSA_P384_SHA_384),
    PKIX_ECDSA_P521_SHA_512(Encoding.PKIX, SignatureAlgorithm.ECDSA_P521_SHA_512),
    LMS_SHA256(Encoding.UNKNOWN, null),
    LMOTS_SHA256(Encoding.UNKNOWN, null),
    PKIX_RSA_PSS_2048_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PSS_SHA_256),
    PKIX_RSA_PSS_3072_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PSS_SHA_256),
    PKIX_RSA_PSS_4096_SHA256(Encoding.PKIX, SignatureAlgorithm.RSA_PSS_SHA_256),
    PKIX_ECDSA_P384_SHA_256(Encoding.PKIX, SignatureAlgorithm.ECDSA_P384_SHA_256),
    PKIX_ECDSA_P521_SHA_256(Encoding.PKIX, null),
    ML_DSA_65(Encoding.PKIX, SignatureAlgorithm.ML_DSA_65),
    ML_DSA_87(Encoding.PKIX, SignatureAlgorithm.ML_DSA_87),
    ML_DSA_44(Encoding.PKIX, SignatureAlgorithm.ML_DSA_44);

    private final Encoding encoding;
    private final @Nullable SignatureAlgorithm algorithm;

    KeyDetails(Encoding encoding, @Nullable SignatureAlgorithm algorithm) {
        this.encoding = encoding;
        this.algorithm = algorithm;
    }

    /// How the key's bytes are to be read.
    public Encoding encoding() {
        return encoding;
    }

    /// The algorithm it signs with; nothing for those that this program doesn't verify.
    public Optional<SignatureAlgorithm> algorithm() {
        return Optional.ofNullable(algorithm);
    }

    /// The encodings of public keys.
    public enum Encoding {
        /// A DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
        PKIX,
        /// A DER RSAPublicKey (RFC 8017 §A.1.1).
        PKCS1,
        /// One that this program doesn't read.
        UNKNOWN
    }
}
