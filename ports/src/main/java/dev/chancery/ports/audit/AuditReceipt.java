package dev.chancery.ports.audit;

import dev.chancery.domain.digest.Digest;

/// Says where a durable entry stands.
///
/// @param index from 0
/// @param head the chain's hash over everything up to and with this entry
public record AuditReceipt(long index, Digest head) {}
