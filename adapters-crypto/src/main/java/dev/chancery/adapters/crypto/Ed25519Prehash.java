package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.PublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ed25519ph over a digest (RFC 8032 §5.1), which the JDK can't take. Loaded only when such a signature is met.
final class Ed25519Prehash {
    private Ed25519Prehash() {}

    static boolean verifies(PublicKey key, Digest digest, Bytes signature) {
        return key instanceof Ed25519PublicKey ed
                && signature.size() == Ed25519.SIGNATURE_SIZE
                && Ed25519.verifyPrehash(signature.toByteArray(), 0, ed.point().toByteArray(), 0, new byte[0], digest.value().toByteArray(), 0);
    }
}
