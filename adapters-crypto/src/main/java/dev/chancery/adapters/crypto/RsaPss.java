package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.RsaPublicKey;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.RSABlindedEngine;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.signers.PSSSigner;

/// RSASSA-PSS over a digest (RFC 8017 §8.1.2), which the JDK can't take: it hashes itself. Loaded only when a PSS signature is met.
final class RsaPss {
    private static final int SALT = 32;

    private RsaPss() {}

    static boolean verifies(RsaPublicKey key, Digest digest, Bytes signature) {
        if (signature.size() != (key.bits() + 7) / 8) {
            return false;
        }
        PSSSigner signer = PSSSigner.createRawSigner(new RSABlindedEngine(), new SHA256Digest(), new SHA256Digest(), SALT,
                PSSSigner.TRAILER_IMPLICIT);
        CipherParameters parameters = new RSAKeyParameters(false, key.modulus(), key.exponent());
        signer.init(false, parameters);
        signer.update(digest.value().toByteArray(), 0, digest.value().size());
        return signer.verifySignature(signature.toByteArray());
    }
}
