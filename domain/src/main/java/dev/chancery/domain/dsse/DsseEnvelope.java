package dev.chancery.domain.dsse;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A payload with its signatures (DSSE v1.0.2 envelope.md). Nothing about it is verified by being one.
///
/// @param signatures in the order of the file, at most [#MAX_SIGNATURES]
public record DsseEnvelope(DssePayload payload, List<DsseSignature> signatures) {
    /// The most signatures of one envelope.
    public static final int MAX_SIGNATURES = 100;

    /// @throws IllegalArgumentException when there are more signatures than allowed
    public DsseEnvelope {
        signatures = List.copyOf(signatures);
        if (signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("an envelope has at most " + MAX_SIGNATURES + " signatures");
        }
    }

    /// One signature of an envelope.
    ///
    /// @param keyId a hint, not authenticated; empty when absent
    public record DsseSignature(String keyId, Bytes signature) {}
}
