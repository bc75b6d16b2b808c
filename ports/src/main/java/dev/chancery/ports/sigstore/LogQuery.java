package dev.chancery.ports.sigstore;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.PublicKey;

/// What is looked for in a log's index.
public sealed interface LogQuery {
    /// Entries about an artifact.
    record OfDigest(Digest digest) implements LogQuery {}

    /// Entries by certificates for an e-mail address.
    record OfEmail(String address) implements LogQuery {}

    /// Entries by a key.
    record OfKey(PublicKey key) implements LogQuery {}
}
