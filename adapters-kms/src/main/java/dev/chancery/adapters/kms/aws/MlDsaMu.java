package dev.chancery.adapters.kms.aws;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.MlDsaPublicKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The message representative μ of ML-DSA, which the service signs in the message's place (FIPS 204 §6.2, algorithm 7, line 6):
/// SHAKE256(SHAKE256(public key, 64) ‖ 0 ‖ 0 ‖ message, 64), the zeros being "pure" and the length of the empty context (algorithm 2).
final class MlDsaMu {
    private MlDsaMu() {}

    static Bytes of(MlDsaPublicKey key, Bytes message) {
        MessageDigest inner = shake256();
        key.encoded().updateTo(inner);
        MessageDigest outer = shake256();
        outer.update(inner.digest());
        outer.update(new byte[2]);
        message.updateTo(outer);
        return Bytes.copyOf(outer.digest());
    }

    private static MessageDigest shake256() {
        try {
            return MessageDigest.getInstance("SHAKE256-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java from 25 on has SHAKE256", e);
        }
    }
}
