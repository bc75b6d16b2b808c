package dev.chancery.domain.digest;

import dev.chancery.domain.bytes.Bytes;

/// A hash value with the algorithm that made it; its length is the algorithm's.
public record Digest(HashAlgorithm algorithm, Bytes value) {
    /// @throws IllegalArgumentException when the value hasn't the algorithm's length
    public Digest {
        if (value.size() != algorithm.length()) {
            throw new IllegalArgumentException("a " + algorithm.inTotoName() + " digest has " + algorithm.length()
                    + " bytes, not " + value.size());
        }
    }

    /// Lower-case hexadecimal of the value.
    public String hex() {
        return value.toHex();
    }

    /// `sha256:HEX`.
    @Override
    public String toString() {
        return algorithm.inTotoName() + ":" + hex();
    }
}
