package dev.chancery.domain.trust;

import dev.chancery.domain.bytes.Bytes;

/// A public key of a trusted root (protobuf-specs, sigstore_common.proto, PublicKey). Not yet read as a key.
///
/// @param rawBytes DER, as the details say; not empty
/// @param validFor when signatures by it count; it says since when
public record TrustedKey(Bytes rawBytes, KeyDetails details, ValidityWindow validFor) {
    /// @throws IllegalArgumentException when there are no bytes, or the window has no start
    public TrustedKey {
        if (rawBytes.isEmpty() || validFor.start().isEmpty()) {
            throw new IllegalArgumentException("a trusted key has bytes, and a time since when it counts");
        }
    }
}
