package dev.chancery.domain.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The vectors are those of the Certificate Transparency reference implementation (google/certificate-transparency,
/// merkle_tree_test; also transparency-dev/merkle, testonly).
class MerkleTreeTest {
    private static final List<Bytes> LEAVES = Stream.of("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
                    "606162636465666768696a6b6c6d6e6f")
            .map(Bytes::fromHex)
            .map(MerkleTree::leafHash)
            .toList();

    private static final List<String> ROOTS = List.of(
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
            "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
            "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
            "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
            "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
            "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
            "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
            "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
            "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328");

    private static final String A = "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7";
    private static final String B = "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e";
    private static final String C = "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4";
    private static final String D = "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b";
    private static final String E = "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0";
    private static final String F = "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a";

    @Test
    void aTreesRootIsThePublishedOneForEachSize() {
        for (int size = 0; size <= LEAVES.size(); size++) {
            assertEquals(ROOTS.get(size), MerkleTree.root(LEAVES.subList(0, size)).toHex(), "of " + size);
        }
    }

    @Test
    void theInclusionPathsAreThePublishedOnes() {
        assertEquals(bytes(A, B, C), MerkleTree.inclusionPath(0, LEAVES));
        assertEquals(bytes(D, E, ROOTS.get(4)), MerkleTree.inclusionPath(5, LEAVES));
        assertEquals(bytes(ROOTS.get(2)), MerkleTree.inclusionPath(2, LEAVES.subList(0, 3)));
        assertEquals(bytes(ROOTS.get(1), B, D), MerkleTree.inclusionPath(1, LEAVES.subList(0, 5)));
    }

    @Test
    void eachInclusionPathLeadsToTheRootOfItsTreeOnly() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            for (int index = 0; index < size; index++) {
                List<Bytes> path = MerkleTree.inclusionPath(index, LEAVES.subList(0, size));
                for (int claimedSize = 0; claimedSize <= 2 * LEAVES.size(); claimedSize++) {
                    Optional<Bytes> root = MerkleTree.rootFromInclusion(index, claimedSize, LEAVES.get(index), path);
                    if (claimedSize == size) {
                        assertEquals(Optional.of(Bytes.fromHex(ROOTS.get(size))), root, index + " in " + size);
                    } else if (claimedSize <= LEAVES.size()) {
                        assertFalse(root.equals(Optional.of(Bytes.fromHex(ROOTS.get(claimedSize)))), index + " in " + claimedSize);
                    }
                }
            }
        }
    }

    @Test
    void anInclusionPathWithAHashTooManyOrTooFewLeadsNowhere() {
        for (int size = 1; size <= LEAVES.size(); size++) {
            for (int index = 0; index < size; index++) {
                List<Bytes> path = MerkleTree.inclusionPath(index, LEAVES.subList(0, size));
                assertEquals(Optional.empty(), MerkleTree.rootFromInclusion(index, size, LEAVES.get(index), withOneMore(path)));
                if (!path.isEmpty()) {
                    assertEquals(Optional.empty(),
                            MerkleTree.rootFromInclusion(index, size, LEAVES.get(index), path.subList(0, path.size() - 1)));
                }
            }
        }
    }

    @Test
    void aLeafOutsideTheTreeIsNotInIt() {
        assertEquals(Optional.empty(), MerkleTree.rootFromInclusion(1, 1, LEAVES.get(0), List.of()));
        assertEquals(Optional.empty(), MerkleTree.rootFromInclusion(0, 0, LEAVES.get(0), List.of()));
        assertEquals(Optional.empty(), MerkleTree.rootFromInclusion(-1, 1, LEAVES.get(0), List.of()));
        assertEquals(Optional.empty(), MerkleTree.rootFromInclusion(Long.MAX_VALUE, Long.MAX_VALUE, LEAVES.get(0), bytes(A)));
    }

    @Test
    void thePublishedConsistencyProofsShowThatTheTreeHasOnlyGrown() {
        assertTrue(consistent(1, 1));
        assertTrue(consistent(1, 8, A, B, C));
        assertTrue(consistent(6, 8, F, E, ROOTS.get(4)));
        assertTrue(consistent(2, 5, B, D));
        assertTrue(consistent(0, 5));
    }

    @Test
    void aConsistencyProofForOtherSizesOrOfAnotherLengthShowsNothing() {
        assertFalse(consistent(1, 8, A, B));
        assertFalse(consistent(1, 8, A, B, C, C));
        assertFalse(consistent(2, 8, A, B, C));
        assertFalse(consistent(6, 7, F, E, ROOTS.get(4)));
        assertFalse(consistent(6, 8));
        assertFalse(consistent(5, 2, B, D));
        assertFalse(consistent(0, 5, B));
        assertFalse(consistent(1, 1, B));
        assertFalse(MerkleTree.isConsistent(1, Bytes.fromHex(ROOTS.get(1)), 1, Bytes.fromHex(ROOTS.get(2)), List.of()));
        assertFalse(MerkleTree.isConsistent(0, Bytes.fromHex(ROOTS.get(1)), 1, Bytes.fromHex(ROOTS.get(1)), List.of()));
    }

    private static boolean consistent(int first, int second, String... proof) {
        return MerkleTree.isConsistent(first, Bytes.fromHex(ROOTS.get(first)), second, Bytes.fromHex(ROOTS.get(second)), bytes(proof));
    }

    private static List<Bytes> withOneMore(List<Bytes> path) {
        List<Bytes> longer = new ArrayList<>(path);
        longer.add(Bytes.fromHex(A));
        return longer;
    }

    private static List<Bytes> bytes(String... hex) {
        return Stream.of(hex).map(Bytes::fromHex).toList();
    }
}
