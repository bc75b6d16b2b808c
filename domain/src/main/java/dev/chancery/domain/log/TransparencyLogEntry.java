package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a bundle says about an entry of a transparency log (protobuf-specs, sigstore_rekor.proto, TransparencyLogEntry).
///
/// @param logIndex the entry's global index, from 0; differs from the proof's where a log is several trees
/// @param logId which log, as the bundle says it: the SHA-256 of its key for Rekor v1, the checkpoint's key id for Rekor v2; not empty
/// @param kindVersion what kind of entry
/// @param integratedTimeOrNull when the log says that it took the entry; worth nothing without a promise that is signed over it
/// @param signedEntryTimestampOrNull the log's signed promise to include the entry; not in Rekor v2
/// @param inclusionProofOrNull the proof that it did; may be absent in bundles of version 0.1 only
/// @param canonicalizedBody the entry's own bytes, which are what the log's leaf is a hash of; empty when absent
public record TransparencyLogEntry(
        long logIndex,
        Bytes logId,
        KindVersion kindVersion,
        @Nullable Instant integratedTimeOrNull,
        @Nullable Bytes signedEntryTimestampOrNull,
        @Nullable InclusionProof inclusionProofOrNull,
        Bytes canonicalizedBody) {
    /// @throws IllegalArgumentException when the index is negative, or the log id is empty
    public TransparencyLogEntry {
        if (logIndex < 0 || logId.isEmpty()) {
            throw new IllegalArgumentException("an entry has an index from 0, and names its log");
        }
    }

    /// When the log says that it took the entry.
    public Optional<Instant> integratedTime() {
        return Optional.ofNullable(integratedTimeOrNull);
    }

    /// The log's signed promise (SET) to include the entry.
    public Optional<Bytes> signedEntryTimestamp() {
        return Optional.ofNullable(signedEntryTimestampOrNull);
    }

    /// The proof that the entry is in the log.
    public Optional<InclusionProof> inclusionProof() {
        return Optional.ofNullable(inclusionProofOrNull);
    }

    /// The kind of an entry, such as `hashedrekord`, and the version of that kind, such as `0.0.1`. Neither is empty.
    public record KindVersion(String kind, String version) {
        /// @throws IllegalArgumentException when one is empty
        public KindVersion {
            if (kind.isEmpty() || version.isEmpty()) {
                throw new IllegalArgumentException("an entry has a kind and a version");
            }
        }

        /// `hashedrekord 0.0.1`.
        @Override
        public String toString() {
            return kind + " " + version;
        }
    }
}
