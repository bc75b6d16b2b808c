package dev.chancery.adapters.fulcio.tuf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.trust.TrustSourceException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A mirror that fails is never one that has no such file: a client that took one for the other would stop looking for newer roots.
class HttpTufMirrorTest {
    private static final int LIMIT = 1000;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private HttpServer server;

    @BeforeEach
    void start() throws Exception {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        ended.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    /// Answers as the path says.
    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath().substring(1);
            switch (path) {
                case "hang-up" -> throw new IOException("hanging up");
                case "freeze" -> ended.await();
                case "long" -> send(exchange, 200, "x".repeat(LIMIT + 1));
                case "file" -> send(exchange, 200, "content");
                default -> send(exchange, Integer.parseInt(path), "{}");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private Optional<Bytes> fetch(String path, Duration budget) throws TrustSourceException {
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), _ -> {}, new Random(4711), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        return new HttpTufMirror(http, "http://127.0.0.1:" + server.getAddress().getPort(), budget).fetch(path, LIMIT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hang-up", "freeze", "long", "429", "500", "503", "401", "302"})
    void aMirrorThatFailsIsAnError(String how) {
        TrustSourceException failure = assertThrows(TrustSourceException.class, () -> fetch(how, Duration.ofMillis(500)));
        assertEquals(ErrorCode.TRUST_MIRROR_FAILED, failure.problem().code(), failure.toString());
    }

    @Test
    void aMirrorThatIsDownIsAnError() {
        server.stop(0);
        TrustSourceException failure = assertThrows(TrustSourceException.class, () -> fetch("file", Duration.ofSeconds(20)));
        assertEquals(ErrorCode.TRUST_MIRROR_FAILED, failure.problem().code(), failure.toString());
    }

    @Test
    void aFileIsThereOrNot() throws Exception {
        assertEquals(Optional.of(Bytes.ofUtf8("content")), fetch("file", Duration.ofSeconds(20)));
        assertEquals(Optional.empty(), fetch("404", Duration.ofSeconds(20)));
        assertEquals(Optional.empty(), fetch("403", Duration.ofSeconds(20)));
    }
}
