package dev.chancery.adapters.kms.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/// A web server on loopback that answers as a test says.
public final class HttpFake implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile Handler handler = _ -> new Answer(404, "");

    private HttpFake(HttpServer server) {
        this.server = server;
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public static HttpFake plain() throws IOException {
        return new HttpFake(HttpServer.create(loopback(), 0));
    }

    /// With a certificate of [LoopbackTls].
    public static HttpFake tls() throws IOException {
        HttpsServer server = HttpsServer.create(loopback(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(LoopbackTls.context()));
        return new HttpFake(server);
    }

    private static InetSocketAddress loopback() throws IOException {
        return new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0);
    }

    public String host() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    /// Writes the certificate of a TLS server as PEM.
    public Path certificateFile(Path folder) throws IOException {
        return Files.writeString(folder.resolve("authority.pem"), LoopbackTls.certificatePem());
    }

    public void answer(Handler how) {
        handler = how;
    }

    /// What came in so far.
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Request request = new Request(exchange.getRequestMethod(), exchange.getRequestURI().getPath(),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8),
                    exchange.getRequestHeaders().getFirst("X-Amz-Target"), exchange.getRequestHeaders().getFirst("X-Vault-Token"),
                    exchange.getRequestHeaders().getFirst("X-Vault-Namespace"));
            requests.add(request);
            Answer answer = handler.of(request);
            if (answer == null) {
                return; // Closed without a word.
            }
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /// What came in, with the headers that matter.
    public record Request(String method, String path, String body, @Nullable String target, @Nullable String token, @Nullable String namespace) {}

    /// What goes out.
    public record Answer(int status, String body) {}

    /// Says what goes out; null closes the connection.
    @FunctionalInterface
    public interface Handler {
        @Nullable Answer of(Request request);
    }
}
