package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// The one id of a key: SHA-256 of its normalised DER SubjectPublicKeyInfo.
public record KeyId(Digest digest) {
    /// @throws IllegalArgumentException when the digest isn't SHA-256
    public KeyId {
        if (digest.algorithm() != HashAlgorithm.SHA_256) {
            throw new IllegalArgumentException("a key id is a SHA-256 digest");
        }
    }

    /// The id of a normalised SubjectPublicKeyInfo.
    static KeyId of(Bytes subjectPublicKeyInfo) {
        return new KeyId(HashAlgorithm.SHA_256.digest(subjectPublicKeyInfo));
    }

    /// Reads the 64 hexadecimal digits that [#hex()] writes.
    ///
    /// @throws IllegalArgumentException when it is anything else
    public static KeyId fromHex(String hex) {
        return new KeyId(new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(hex)));
    }

    /// Lower-case hexadecimal: how ids are shown and stored.
    public String hex() {
        return digest.hex();
    }

    /// Base64, as it stands in a bundle's `publicKey.hint` (as cosign writes it).
    public String hint() {
        return digest.value().toBase64();
    }

    @Override
    public String toString() {
        return hex();
    }
}
