package dev.chancery.adapters.fulcio.oidc;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.security.SecureRandom;
import java.util.Base64;

/// Random values in base64url, and the proof key for code exchange (RFC 7636): whoever begins a login and whoever ends it are the same.
final class ProofKey {
    private static final int LENGTH = 32;

    private final String verifier;

    ProofKey(SecureRandom random) {
        this.verifier = random(random);
    }

    /// A value that nobody guesses.
    static String random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return encoded(bytes);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /// What is shown first: S256 (§4.2).
    String challenge() {
        return encoded(HashAlgorithm.SHA_256.digest(Bytes.ofUtf8(verifier)).value().toByteArray());
    }

    /// What is shown at the end.
    String verifier() {
        return verifier;
    }

    @Override
    public String toString() {
        return "ProofKey";
    }
}
