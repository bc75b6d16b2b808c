package dev.chancery.ports.certificate;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;

/// Writes RFC 3161 requests. Thread-safe, doesn't block.
public interface TimestampRequests {
    /// A `TimeStampReq` (§2.4.1) that wants the authority's certificate in the answer. It has no nonce: the imprint is of a signature
    /// that was made just now, and an older answer about the same signature would be as true.
    ///
    /// @param imprint what is to be timestamped
    Bytes request(Digest imprint);
}
