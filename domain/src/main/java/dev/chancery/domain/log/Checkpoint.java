package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A log's statement about its tree (C2SP tlog-checkpoint v1.0.0): worth what the signatures of its note are.
///
/// @param origin the log's name; not empty
/// @param treeSize the number of leaves, from 0
/// @param rootHash of that tree, [InclusionProof#HASH_LENGTH] bytes
/// @param extensions further lines, which have no meaning here; Rekor v1 has one
public record Checkpoint(String origin, long treeSize, Bytes rootHash, List<String> extensions) {
    /// @throws IllegalArgumentException when the origin is empty, the size negative or the hash has another length
    public Checkpoint {
        extensions = List.copyOf(extensions);
        if (origin.isEmpty() || treeSize < 0 || rootHash.size() != InclusionProof.HASH_LENGTH) {
            throw new IllegalArgumentException("a checkpoint has an origin, a size from 0 and a hash of " + InclusionProof.HASH_LENGTH + " bytes");
        }
    }
}
