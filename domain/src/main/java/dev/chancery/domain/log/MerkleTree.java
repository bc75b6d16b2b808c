package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The Merkle trees of transparency logs, with SHA-256 (RFC 9162 §2.1, the same as RFC 6962 §2.1): hashes, roots and proofs.
///
/// A proof is right only in full: each function that follows one returns nothing when it has a hash too many or too few.
public final class MerkleTree {
    private static final int LEAF = 0;
    private static final int NODE = 1;

    private MerkleTree() {}

    /// The hash of a leaf: `SHA-256(0x00 ‖ entry)` (RFC 9162 §2.1.1).
    public static Bytes leafHash(Bytes entry) {
        MessageDigest hash = HashAlgorithm.SHA_256.newMessageDigest();
        hash.update((byte) LEAF);
        entry.updateTo(hash);
        return Bytes.copyOf(hash.digest());
    }

    /// The hash of a node: `SHA-256(0x01 ‖ left ‖ right)` (RFC 9162 §2.1.1).
    public static Bytes nodeHash(Bytes left, Bytes right) {
        MessageDigest hash = HashAlgorithm.SHA_256.newMessageDigest();
        hash.update((byte) NODE);
        left.updateTo(hash);
        right.updateTo(hash);
        return Bytes.copyOf(hash.digest());
    }

    /// The root over leaf hashes, in order; for none, the hash of nothing (RFC 9162 §2.1.1).
    public static Bytes root(List<Bytes> leafHashes) {
        return switch (leafHashes.size()) {
            case 0 -> HashAlgorithm.SHA_256.digest(Bytes.empty()).value();
            case 1 -> leafHashes.getFirst();
            default -> {
                int split = Integer.highestOneBit(leafHashes.size() - 1);
                yield nodeHash(root(leafHashes.subList(0, split)), root(leafHashes.subList(split, leafHashes.size())));
            }
        };
    }

    /// The inclusion path of a leaf, from leaf to root (RFC 9162 §2.1.3.1).
    ///
    /// @throws IndexOutOfBoundsException when there is no leaf of that index
    public static List<Bytes> inclusionPath(int index, List<Bytes> leafHashes) {
        java.util.Objects.checkIndex(index, leafHashes.size());
        List<Bytes> path = new ArrayList<>();
        addInclusionPath(index, leafHashes, path);
        return List.copyOf(path);
    }

    private static void addInclusionPath(int index, List<Bytes> leaves, List<Bytes> path) {
        if (leaves.size() == 1) {
            return;
        }
        int split = Integer.highestOneBit(leaves.size() - 1);
        List<Bytes> left = leaves.subList(0, split);
        List<Bytes> right = leaves.subList(split, leaves.size());
        if (index < split) {
            addInclusionPath(index, left, path);
            path.add(root(right));
        } else {
            addInclusionPath(index - split, right, path);
            path.add(root(left));
        }
    }

    /// The root that an inclusion path leads to from a leaf (RFC 9162 §2.1.3.2).
    ///
    /// @param index of the leaf, from 0
    /// @param size of the tree, in leaves
    /// @param path from leaf to root
    /// @return nothing when the index is outside the tree, or the path isn't exactly as long as index and size demand
    public static Optional<Bytes> rootFromInclusion(long index, long size, Bytes leafHash, List<Bytes> path) {
        if (index < 0 || index >= size) {
            return Optional.empty();
        }
        long node = index;
        long last = size - 1;
        Bytes hash = leafHash;
        for (Bytes sibling : path) {
            if (last == 0) {
                return Optional.empty();
            }
            if ((node & 1) == 1 || node == last) {
                hash = nodeHash(sibling, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                hash = nodeHash(hash, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 ? Optional.of(hash) : Optional.empty();
    }

    /// Whether a proof shows that a tree has only grown from one size to another (RFC 9162 §2.1.4.2). Between equal sizes the proof is
    /// empty and the roots are the same; every tree has grown from the empty one, by an empty proof.
    public static boolean isConsistent(long firstSize, Bytes firstRoot, long secondSize, Bytes secondRoot, List<Bytes> proof) {
        if (firstSize < 0 || firstSize > secondSize) {
            return false;
        }
        if (firstSize == secondSize) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        if (firstSize == 0) {
            return proof.isEmpty() && firstRoot.equals(root(List.of()));
        }
        boolean firstIsWhole = Long.bitCount(firstSize) == 1;
        if (proof.isEmpty() && !firstIsWhole) {
            return false;
        }
        Bytes seed = firstIsWhole ? firstRoot : proof.getFirst();
        List<Bytes> rest = firstIsWhole ? proof : proof.subList(1, proof.size());
        long node = firstSize - 1;
        long last = secondSize - 1;
        while ((node & 1) == 1) {
            node >>>= 1;
            last >>>= 1;
        }
        Bytes first = seed;
        Bytes second = seed;
        for (Bytes sibling : rest) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                first = nodeHash(sibling, first);
                second = nodeHash(sibling, second);
                while ((node & 1) == 0 && node != 0) {
                    node >>>= 1;
                    last >>>= 1;
                }
            } else {
                second = nodeHash(second, sibling);
            }
            node >>>= 1;
            last >>>= 1;
        }
        return last == 0 && first.equals(firstRoot) && second.equals(secondRoot);
    }
}
