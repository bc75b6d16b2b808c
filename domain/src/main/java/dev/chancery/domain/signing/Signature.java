package dev.chancery.domain.signing;

import dev.chancery.domain.bytes.Bytes;

/// A signature as bundles carry it: DER for ECDSA, the plain bytes for every other algorithm.
public record Signature(SignatureAlgorithm algorithm, Bytes value) {}
