package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.Ed25519PublicKey;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/// Ed25519ph over a digest (RFC 8032 §5.1), which neither the JDK nor AWS-LC takes: they hash by themselves. Loaded only when such a
/// signature is met.
final class Ed25519Prehash {
    private Ed25519Prehash() {}

    static boolean verifies(Ed25519PublicKey key, Digest digest, Bytes signature) {
        return Ed25519.verifyPrehash(signature.toByteArray(), 0, key.point().toByteArray(), 0, new byte[0], digest.value().toByteArray(), 0);
    }
}
