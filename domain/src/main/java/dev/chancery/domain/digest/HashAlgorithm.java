package dev.chancery.domain.digest;

import dev.chancery.domain.bytes.Bytes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// The hash functions that artifacts and signatures are made with (FIPS 180-4).
public enum HashAlgorithm {
    SHA_256("SHA-256", "sha256", "SHA2_256", 32),
    SHA_384("SHA-384", "sha384", "SHA2_384", 48),
    SHA_512("SHA-512", "sha512", "SHA2_512", 64);

    private final String jcaName;
    private final String inTotoName;
    private final String sigstoreName;
    private final int length;

    HashAlgorithm(String jcaName, String inTotoName, String sigstoreName, int length) {
        this.jcaName = jcaName;
        this.inTotoName = inTotoName;
        this.sigstoreName = sigstoreName;
        this.length = length;
    }

    /// The name in a DigestSet (in-toto attestation spec, digest_set.md) and in `sha256:HEX`.
    public String inTotoName() {
        return inTotoName;
    }

    /// The name in Sigstore's JSON (protobuf-specs, sigstore_common.proto, HashAlgorithm).
    public String sigstoreName() {
        return sigstoreName;
    }

    /// The name by which Java's security providers know it.
    public String jcaName() {
        return jcaName;
    }

    /// The length of a digest, in bytes.
    public int length() {
        return length;
    }

    /// A fresh hash computation. Not thread-safe.
    public MessageDigest newMessageDigest() {
        try {
            return MessageDigest.getInstance(jcaName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has " + jcaName, e);
        }
    }

    /// The digest of some bytes.
    public Digest digest(Bytes content) {
        MessageDigest hash = newMessageDigest();
        content.updateTo(hash);
        return new Digest(this, Bytes.copyOf(hash.digest()));
    }

    /// The algorithm that Sigstore's JSON calls so; nothing for an unknown name.
    public static Optional<HashAlgorithm> ofSigstoreName(String name) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.sigstoreName.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }

    /// The algorithm that an in-toto DigestSet calls so; nothing for an unknown name.
    public static Optional<HashAlgorithm> ofInTotoName(String name) {
        for (HashAlgorithm algorithm : values()) {
            if (algorithm.inTotoName.equals(name)) {
                return Optional.of(algorithm);
            }
        }
        return Optional.empty();
    }
}
