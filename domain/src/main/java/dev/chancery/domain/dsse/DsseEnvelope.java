package dev.chancery.domain.dsse;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A payload with its signatures (DSSE v1.0.2 envelope.md). Nothing about it is verified by being one.
///
/// @param signatures in the order of the file
public record DsseEnvelope(DssePayload payload, List<DsseSignature> signatures) {
    public DsseEnvelope {
        signatures = List.copyOf(signatures);
    }

    /// One signature of an envelope.
    ///
    /// @param keyId a hint, not authenticated; empty when absent
    public record DsseSignature(String keyId, Bytes signature) {}
}
