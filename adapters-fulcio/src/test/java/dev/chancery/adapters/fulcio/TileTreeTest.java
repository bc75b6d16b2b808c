package dev.chancery.adapters.fulcio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.CompactRange;
import dev.chancery.domain.log.MerkleTree;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Proofs put together from tiles (C2SP tlog-tiles), held to the domain's own over all leaves.
class TileTreeTest {
    private static final Duration BUDGET = Duration.ofSeconds(30);
    private static final List<Bytes> LEAVES = IntStream.range(0, 70_000).mapToObj(i -> MerkleTree.leafHash(Bytes.ofUtf8("entry " + i))).toList();

    private HttpServer server;

    /// Serves the tiles of however large a tree is asked for: `tile/LEVEL/NUMBER[.p/WIDTH]`.
    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/tile/", exchange -> {
            try (exchange) {
                String[] parts = exchange.getRequestURI().getPath().substring("/tile/".length()).split("/", 2);
                int level = Integer.parseInt(parts[0]);
                int width = parts[1].contains(".p/") ? Integer.parseInt(parts[1].substring(parts[1].indexOf(".p/") + 3)) : TileTree.WIDTH;
                int number = Integer.parseInt(parts[1].replaceAll("\\.p/.*", "").replace("x", "").replace("/", ""));
                int leavesEach = 1 << 8 * level;
                List<Bytes> hashes = new ArrayList<>();
                for (int i = 0; i < width; i++) {
                    int from = (number * TileTree.WIDTH + i) * leavesEach;
                    hashes.add(MerkleTree.root(LEAVES.subList(from, from + leavesEach)));
                }
                Bytes tile = Bytes.concat(hashes);
                exchange.sendResponseHeaders(200, tile.size());
                tile.writeTo(exchange.getResponseBody());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private TileTree tree(int size) {
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), _ -> {}, new Random(4711), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        return new TileTree(http, URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "the log", size, BUDGET);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 255, 256, 257, 511, 1000, 65_536, 65_537, 70_000})
    void rootsPathsAndRangesAreThoseOfTheTree(int size) throws Exception {
        List<Bytes> leaves = LEAVES.subList(0, size);
        Bytes root = MerkleTree.root(leaves);
        assertEquals(root, tree(size).root());
        for (int index : new int[] {0, size / 3, size - 1}) {
            assertEquals(MerkleTree.inclusionPath(index, leaves), tree(size).inclusion(index));
        }
        CompactRange range = CompactRange.of(size, tree(size).range());
        assertEquals(root, range.root());
        assertEquals(MerkleTree.root(LEAVES.subList(0, Math.min(size + 1, LEAVES.size()))), size < LEAVES.size()
                ? range.append(LEAVES.get(size)).root() : range.root());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 255, 256, 300, 999})
    void consistencyProofsProve(int first) throws Exception {
        Bytes firstRoot = MerkleTree.root(LEAVES.subList(0, first));
        for (int second : new int[] {first, first + 1, 1000, 65_600}) {
            Bytes secondRoot = MerkleTree.root(LEAVES.subList(0, second));
            assertTrue(MerkleTree.isConsistent(first, firstRoot, second, secondRoot, tree(second).consistency(first)), first + " to " + second);
        }
    }

    @Test
    void numbersOfTilesAreInGroupsOfThreeDigits() { // C2SP tlog-tiles, "Merkle Tree"
        assertEquals("000", TileTree.number(0));
        assertEquals("x001/x234/067", TileTree.number(1_234_067));
    }
}
