package dev.chancery.verification;

import dev.chancery.domain.key.Ed25519PublicKey;

/// Someone who watches logs and cosigns their checkpoints (C2SP tlog-cosignature v1.0.0).
///
/// @param name of the key, as it stands in cosignature lines
public record Witness(String name, Ed25519PublicKey key) {}
