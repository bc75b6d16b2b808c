package dev.chancery.adapters.pkcs11;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcdsaSignature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/// A mechanism with its parameters (CK_MECHANISM).
///
/// @param type CKM_
/// @param pss whether the parameters are those of RSASSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes; else there are none
record Mechanism(long type, boolean pss) {
    /// CK_MECHANISM and room for CK_RSA_PKCS_PSS_PARAMS behind it.
    static final long SIZE = 48;

    private static final long PSS_SALT_LENGTH = 32;

    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2, note 1): CKM_RSA_PKCS pads what it is given.
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.fromHex("3031300d060960864801650304020105000420");

    static Mechanism plain(long type) {
        return new Mechanism(type, false);
    }

    /// How a token makes signatures of an algorithm; nothing for Ed25519ph, whose mechanism wants the message and not the digest that is
    /// signed here (PKCS#11 v3.1 §6.3.11), and for the national algorithms, which go through `jca:`.
    static Optional<Mechanism> of(SignatureAlgorithm algorithm) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256, ECDSA_P384_SHA_384, ECDSA_P384_SHA_256, ECDSA_P521_SHA_512 -> Optional.of(plain(Ck.CKM_ECDSA));
            case RSA_PKCS1_SHA_256 -> Optional.of(plain(Ck.CKM_RSA_PKCS));
            case RSA_PSS_SHA_256 -> Optional.of(new Mechanism(Ck.CKM_RSA_PKCS_PSS, true));
            case ED25519 -> Optional.of(plain(Ck.CKM_EDDSA));
            case ML_DSA_44, ML_DSA_65, ML_DSA_87 -> Optional.of(plain(Ck.CKM_ML_DSA));
            case ED25519_PH, GOST_2012_256, GOST_2012_512, SM2_SM3 -> Optional.empty();
        };
    }

    /// What the token is handed.
    static Bytes input(SignatureAlgorithm algorithm, SigningInput input) {
        return switch (input) {
            case SigningInput.Message message -> message.content();
            case SigningInput.Prehashed prehashed -> algorithm == SignatureAlgorithm.RSA_PKCS1_SHA_256
                    ? SHA_256_DIGEST_INFO.concat(prehashed.digest().value())
                    : prehashed.digest().value();
        };
    }

    /// What the token returned, in the form that bundles carry.
    ///
    /// @throws IllegalArgumentException when it can't be a signature of that algorithm
    static Bytes output(SignatureAlgorithm algorithm, Bytes returned) {
        return switch (algorithm) {
            case ECDSA_P256_SHA_256 -> EcdsaSignature.derFromRaw(Curve.P_256, returned);
            case ECDSA_P384_SHA_384, ECDSA_P384_SHA_256 -> EcdsaSignature.derFromRaw(Curve.P_384, returned);
            case ECDSA_P521_SHA_512 -> EcdsaSignature.derFromRaw(Curve.P_521, returned);
            case ED25519, ED25519_PH, RSA_PKCS1_SHA_256, RSA_PSS_SHA_256, ML_DSA_44, ML_DSA_65, ML_DSA_87, GOST_2012_256, GOST_2012_512,
                    SM2_SM3 -> returned;
        };
    }

    void writeTo(MemorySegment memory) {
        memory.set(JAVA_LONG, 0, type);
        memory.set(ADDRESS, 8, pss ? memory.asSlice(24) : MemorySegment.NULL);
        memory.set(JAVA_LONG, 16, pss ? 24 : 0);
        if (pss) {
            memory.set(JAVA_LONG, 24, Ck.CKM_SHA256);
            memory.set(JAVA_LONG, 32, Ck.CKG_MGF1_SHA256);
            memory.set(JAVA_LONG, 40, PSS_SALT_LENGTH);
        }
    }
}
