package dev.chancery.domain.tuf;

/// A key as root metadata has it (§4.2), unread.
///
/// @param scheme such as `ecdsa-sha2-nistp256`
/// @param value PEM, or hexadecimal for Ed25519
public record TufKey(String keyType, String scheme, String value) {}
