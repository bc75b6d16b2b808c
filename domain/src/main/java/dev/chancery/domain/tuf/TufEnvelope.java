package dev.chancery.domain.tuf;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A metadata file (§4.2).
///
/// @param canonical the signed part in canonical JSON, which is what is signed
public record TufEnvelope<T extends TufMetadata>(T signed, Bytes canonical, List<TufSignature> signatures) {
    public TufEnvelope {
        signatures = List.copyOf(signatures);
    }

    /// A signature by a key that says which it is.
    public record TufSignature(String keyId, Bytes signature) {}
}
