package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;

/// Holds what a bundle says about its key against the key that is trusted. The saying isn't authenticated: it can spoil a bundle, never
/// save one.
final class KeyStep {
    private KeyStep() {}

    /// A bundle with a certificate is rejected when only a key is trusted, as sigstore-go rejects it, even if the certificate should be
    /// for that very key: its validity and its log entry, which its signer relied on, would go unchecked.
    static void check(KeyMaterial material, PublicKey trusted, Findings findings) throws Stop {
        switch (material) {
            case KeyMaterial.Certificates _ -> throw Stop.rejected(Step.KEY, ErrorCode.KEY_MISMATCH,
                    "expected a signature by the trusted key " + trusted.id().hex() + ", found one by a certificate, which nothing given vouches for");
            case KeyMaterial.PublicKeyHint(String hint) -> checkHint(hint, trusted, findings);
        }
    }

    private static void checkHint(String hint, PublicKey trusted, Findings findings) throws Stop {
        String key = trusted.id().hex() + " (" + trusted.description() + ")";
        if (hint.equals(trusted.id().hint())) {
            findings.passed(Step.KEY, "names the trusted key " + key);
        } else if (hint.isEmpty()) {
            findings.passed(Step.KEY, "names no key; trusted is " + key);
        } else if (isKeyId(hint)) {
            throw Stop.rejected(Step.KEY, ErrorCode.KEY_ID_MISMATCH,
                    "expected key " + trusted.id().hex() + ", the bundle names " + Bytes.fromBase64(hint).toHex());
        } else {
            findings.passed(Step.KEY, "its hint \"" + hint + "\" is no key id and was passed over; trusted is " + key);
        }
    }

    /// The form of a hint is free (protobuf-specs, sigstore_common.proto, PublicKeyIdentifier), but the one it recommends, and cosign
    /// and sigstore-go write, is the padded base64 of a SHA-256 of the SubjectPublicKeyInfo (RFC 6962 §3.2). Only that is a claim that
    /// can be held against a key; other spellings (hexadecimal, `SHA256:…`) are used for hashes of other encodings too.
    private static boolean isKeyId(String hint) {
        try {
            return Bytes.fromBase64(hint).size() == HashAlgorithm.SHA_256.length();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
