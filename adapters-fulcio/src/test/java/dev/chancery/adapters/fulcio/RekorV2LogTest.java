package dev.chancery.adapters.fulcio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.ports.sigstore.ServiceException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A Rekor v2 log has an entry before a checkpoint covers it.
class RekorV2LogTest {
    private static final Bytes BODY = Bytes.ofUtf8("{}");
    private static final Bytes KEY_ID = Bytes.fromHex("01020304");
    private static final Bytes LOG_ID = KEY_ID.concat(Bytes.fromHex("05060708"));

    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger checkpoints = new AtomicInteger();
    private HttpServer server;
    private int coveredFrom;

    /// A log whose entry 1 is covered by its checkpoints from the one with a number on.
    @BeforeEach
    void serve() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath();
                Bytes answer;
                if (path.endsWith("/checkpoint")) {
                    answer = checkpoint(checkpoints.incrementAndGet() < coveredFrom ? 1 : 2);
                } else if (path.contains("/entries/")) {
                    answer = Bytes.concat(List.of(Bytes.fromHex("0002"), BODY, Bytes.fromHex("0002"), BODY));
                } else {
                    answer = Bytes.concat(List.of(MerkleTree.leafHash(BODY), MerkleTree.leafHash(BODY)));
                }
                exchange.sendResponseHeaders(200, answer.size());
                answer.writeTo(exchange.getResponseBody());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /// C2SP tlog-checkpoint, with a signature that nobody has looked at yet.
    private static Bytes checkpoint(int size) {
        Bytes signature = KEY_ID.concat(Bytes.fromHex("00".repeat(64)));
        return Bytes.ofUtf8("log.test\n" + size + "\n" + MerkleTree.leafHash(BODY).toBase64() + "\n\n\u2014 log.test " + signature.toBase64() + "\n");
    }

    private TransparencyLogEntry entry(Duration budget) throws ServiceException {
        long start = System.nanoTime();
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), pauses::add, new Random(4711), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                () -> start + pauses.stream().mapToLong(Duration::toNanos).sum());
        return new RekorV2Reader(http, "http://127.0.0.1:" + server.getAddress().getPort()).entry(1, List.of(LOG_ID), budget);
    }

    @Test
    void anEntryIsWaitedForUntilACheckpointCoversIt() throws Exception {
        coveredFrom = 3;
        TransparencyLogEntry entry = entry(Duration.ofSeconds(60));
        assertEquals(1, entry.logIndex());
        assertEquals(LOG_ID, entry.logId());
        assertEquals(2, entry.inclusionProof().orElseThrow().treeSize());
        assertEquals(2, pauses.size());
    }

    @Test
    void anEntryThatIsNotCoveredWithinTheBudgetIsNotShown() {
        coveredFrom = Integer.MAX_VALUE;
        var missing = assertThrows(ServiceException.NotFound.class, () -> entry(Duration.ofSeconds(5)));
        assertEquals(ErrorCode.LOG_ENTRY_NOT_FOUND, missing.problem().code());
        Duration waited = pauses.stream().reduce(Duration.ZERO, Duration::plus);
        assertEquals(true, waited.compareTo(Duration.ofSeconds(5)) < 0, waited.toString());
    }
}
