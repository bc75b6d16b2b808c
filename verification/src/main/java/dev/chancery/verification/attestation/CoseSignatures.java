package dev.chancery.verification.attestation;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.math.BigInteger;
import java.util.Map;
import java.util.Optional;

/// Signatures by COSE's algorithms (RFC 9053 §2, RFC 8812 §2), as WebAuthn L3 §6.5.5 encodes them.
final class CoseSignatures {
    private static final Map<Long, SignatureAlgorithm> ALGORITHMS = Map.of(-7L, SignatureAlgorithm.ECDSA_P256_SHA_256, -8L, SignatureAlgorithm.ED25519,
            -35L, SignatureAlgorithm.ECDSA_P384_SHA_384, -257L, SignatureAlgorithm.RSA_PKCS1_SHA_256);
    private static final Map<String, Long> NAMES = Map.of("ES256", -7L, "EdDSA", -8L, "ES384", -35L, "RS256", -257L);

    private final SignatureVerifier signatures;

    CoseSignatures(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /// COSE's number for an algorithm of JOSE (RFC 7518 §3.1).
    static Optional<Long> ofName(String name) {
        return Optional.ofNullable(NAMES.get(name));
    }

    /// As [#verifies], where ECDSA signatures are r and s side by side (RFC 7518 §3.4).
    boolean verifiesJose(PublicKey key, long algorithm, Bytes content, Bytes signature) {
        return verifies(key, algorithm, content, algorithm == -7 || algorithm == -35 ? der(signature) : signature);
    }

    /// ECDSA-Sig-Value (RFC 3279 §2.2.3) of two numbers of equal length.
    private static Bytes der(Bytes joined) {
        int half = joined.size() / 2;
        Bytes both = integer(joined.slice(0, half)).concat(integer(joined.slice(half, joined.size())));
        return Bytes.copyOf(new byte[] {0x30, (byte) both.size()}).concat(both); // at most 102 bytes, for P-384
    }

    private static Bytes integer(Bytes unsigned) {
        Bytes value = Bytes.copyOf(new BigInteger(1, unsigned.toByteArray()).toByteArray());
        return Bytes.copyOf(new byte[] {2, (byte) value.size()}).concat(value);
    }

    boolean verifies(PublicKey key, long algorithm, Bytes content, Bytes signature) {
        SignatureAlgorithm known = ALGORITHMS.get(algorithm);
        if (known == null || !SignatureAlgorithm.forKey(key).contains(known)) {
            return false;
        }
        SigningInput input = known.prehash().<SigningInput>map(hash -> new SigningInput.Prehashed(hash.digest(content))).orElseGet(() -> new SigningInput.Message(content));
        return signatures.verifies(key, input, new Signature(known, signature));
    }
}
