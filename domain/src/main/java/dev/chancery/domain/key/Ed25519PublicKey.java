package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;

/// An Ed25519 public key (RFC 8032 §5.1.5; RFC 8410 for its encoding).
///
/// @param point the 32 bytes of the encoded point
public record Ed25519PublicKey(Bytes point) implements PublicKey {
    /// @throws IllegalArgumentException when it hasn't 32 bytes
    public Ed25519PublicKey {
        if (point.size() != 32) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes, not " + point.size());
        }
    }

    @Override
    public Bytes subjectPublicKeyInfo() {
        return Der.sequence(Der.sequence(Der.oid("1.3.101.112")), Der.bitString(point));
    }

    @Override
    public String description() {
        return "Ed25519";
    }
}
