package dev.chancery.adapters.fulcio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.sigstore.LogProposal;
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

/// A Rekor v1 log that says it has an entry already, and shows it only after a moment.
class RekorV1LogTest {
    private static final Digest DIGEST = HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("some content\n"));

    private final List<Duration> pauses = new ArrayList<>();
    private final AtomicInteger searches = new AtomicInteger();
    private HttpServer server;
    private int shownFrom;

    @BeforeEach
    void serve() throws Exception {
        String body = Bytes.ofUtf8("{\"kind\":\"hashedrekord\",\"apiVersion\":\"0.0.1\"}").toBase64();
        String entry = "{\"0123\":{\"body\":\"" + body + "\",\"integratedTime\":1777889000,\"logID\":\"aabb\",\"logIndex\":4711,"
                + "\"verification\":{\"signedEntryTimestamp\":\"AQID\"}}}";
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.getRequestBody().readAllBytes();
                boolean search = exchange.getRequestURI().getPath().endsWith("/retrieve");
                Bytes answer = Bytes.ofUtf8(!search ? "{\"code\":409,\"message\":\"an equivalent entry already exists\"}"
                        : searches.incrementAndGet() < shownFrom ? "[]" : "[" + entry + "]");
                exchange.sendResponseHeaders(search ? 200 : 409, answer.size());
                answer.writeTo(exchange.getResponseBody());
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private TransparencyLogEntry append() throws ServiceException {
        long start = System.nanoTime();
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), pauses::add, new Random(4711), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                () -> start + pauses.stream().mapToLong(Duration::toNanos).sum());
        LogProposal proposal = new LogProposal(new Content.MessageSignature(DIGEST, Bytes.fromHex("3006020101020101")), DIGEST,
                SignatureAlgorithm.ECDSA_P256_SHA_256, new Verifier.Key(Bytes.fromHex("3000")), null, List.of());
        return new RekorV1Log(http, "http://127.0.0.1:" + server.getAddress().getPort()).append(proposal, Duration.ofSeconds(20));
    }

    @Test
    void anEntryThatTheLogHasIsWaitedFor() throws Exception {
        shownFrom = 3;
        assertEquals(4711, append().logIndex());
        assertEquals(2, pauses.size());
    }

    @Test
    void theLogsOwnWordsStandWhenItNeverShowsTheEntry() {
        shownFrom = Integer.MAX_VALUE;
        var refused = assertThrows(ServiceException.Refused.class, this::append);
        assertEquals(ErrorCode.LOG_REFUSED, refused.problem().code());
    }
}
