package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The proof that a leaf is in a Merkle tree (RFC 9162 §2.1.3), and the tree head it leads to.
///
/// @param logIndex the leaf's index in the tree, from 0; may, in a proof that is wrong, be outside the tree
/// @param rootHash of [#HASH_LENGTH] bytes
/// @param treeSize the number of leaves, from 0
/// @param hashes from leaf to root, at most [#MAX_HASHES], of [#HASH_LENGTH] bytes each
/// @param checkpointOrNull the signed tree head as text (C2SP tlog-checkpoint); may be absent in bundles of version 0.1 only
public record InclusionProof(
        long logIndex, Bytes rootHash, long treeSize, List<Bytes> hashes, @Nullable String checkpointOrNull) {
    /// The most hashes of a proof: no tree is higher than its size has bits.
    public static final int MAX_HASHES = 64;

    /// The length of a node's hash, SHA-256, in bytes.
    public static final int HASH_LENGTH = 32;

    /// @throws IllegalArgumentException when a number is negative, a hash has another length or there are too many
    public InclusionProof {
        hashes = List.copyOf(hashes);
        if (logIndex < 0 || treeSize < 0) {
            throw new IllegalArgumentException("indexes and sizes are not negative");
        }
        if (hashes.size() > MAX_HASHES || rootHash.size() != HASH_LENGTH || hashes.stream().anyMatch(hash -> hash.size() != HASH_LENGTH)) {
            throw new IllegalArgumentException("a proof has a root and at most " + MAX_HASHES + " hashes of " + HASH_LENGTH + " bytes each");
        }
    }

    /// The signed tree head as text.
    public Optional<String> checkpoint() {
        return Optional.ofNullable(checkpointOrNull);
    }
}
