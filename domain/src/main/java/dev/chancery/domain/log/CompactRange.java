package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/// A tree of which only the hashes of its largest whole subtrees are kept, from the left: enough to add leaves and to know the root. The
/// subtrees' sizes are the bits of the number of leaves.
///
/// @param size in leaves
/// @param hashes one for each bit of the size
public record CompactRange(long size, List<Bytes> hashes) {
    /// Without leaves.
    public static final CompactRange EMPTY = new CompactRange(0, List.of());

    /// @throws IllegalArgumentException when there are not as many hashes as the size has bits
    public CompactRange {
        hashes = List.copyOf(hashes);
        if (size < 0 || hashes.size() != Long.bitCount(size)) {
            throw new IllegalArgumentException("a range of " + size + " leaves has " + Long.bitCount(size) + " hashes");
        }
    }

    /// A range of given hashes.
    ///
    /// @throws IllegalArgumentException when there are not as many as the size has bits
    public static CompactRange of(long size, List<Bytes> hashes) {
        return new CompactRange(size, hashes);
    }

    /// With one leaf more.
    public CompactRange append(Bytes leafHash) {
        List<Bytes> more = new ArrayList<>(hashes);
        Bytes hash = leafHash;
        for (long rest = size; (rest & 1) == 1; rest >>>= 1) {
            hash = MerkleTree.nodeHash(more.removeLast(), hash);
        }
        more.add(hash);
        return new CompactRange(size + 1, more);
    }

    /// The tree's root.
    public Bytes root() {
        if (hashes.isEmpty()) {
            return MerkleTree.root(List.of());
        }
        Bytes root = hashes.getLast();
        for (int i = hashes.size() - 2; i >= 0; i--) {
            root = MerkleTree.nodeHash(hashes.get(i), root);
        }
        return root;
    }
}
