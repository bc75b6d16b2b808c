package dev.chancery.app.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/// Stands on loopback before a real service, hands requests on, and does to some of them what a service or a network can do.
final class FaultyProxy implements AutoCloseable {
    /// What HTTP clients set by themselves.
    private static final List<String> OWN_HEADERS = List.of("host", "content-length", "connection", "upgrade", "http2-settings", "expect");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final UnaryOperator<String> route;
    private final Rule rule;

    /// @param target the service's address
    FaultyProxy(String target, Rule rule) throws IOException {
        this(path -> target + path, rule);
    }

    /// @param route from a request's path, with its query, to where it is handed on
    FaultyProxy(UnaryOperator<String> route, Rule rule) throws IOException {
        this.route = route;
        this.rule = rule;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), 0), 512);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String action = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            Fate fate = rule.of(action == null ? exchange.getRequestURI().getPath() : action);
            switch (fate) {
                case Fate.Answered answered -> send(exchange, answered.status(), answered.body().getBytes(StandardCharsets.UTF_8));
                case Fate.Lost lost -> {
                    handOn(exchange, body); // the service has done it, and nobody hears
                    lost.then().run();
                }
                case Fate.HandedOn handedOn -> {
                    HttpResponse<byte[]> answer = handOn(exchange, body);
                    String text = new String(answer.body(), StandardCharsets.ISO_8859_1);
                    send(exchange, answer.statusCode(), handedOn.change().of(text).getBytes(StandardCharsets.ISO_8859_1));
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpResponse<byte[]> handOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(route.apply(exchange.getRequestURI().toString())))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                values.forEach(value -> request.header(name, value));
            }
        });
        return client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        client.close();
    }

    /// Says what becomes of a request.
    @FunctionalInterface
    interface Rule {
        /// The fate of one request.
        ///
        /// @param action the request's path, or for AWS its action
        Fate of(String action);
    }

    /// Changes an answer.
    @FunctionalInterface
    interface Change {
        String of(String body);
    }

    /// What becomes of a request.
    sealed interface Fate {
        /// It goes through, and so does its answer, changed.
        record HandedOn(Change change) implements Fate {}

        /// The service never sees it.
        record Answered(int status, String body) implements Fate {}

        /// It goes through; instead of the answer the connection is closed.
        ///
        /// @param then done before that
        record Lost(Runnable then) implements Fate {
            Lost() {
                this(() -> {});
            }
        }

        static Fate through() {
            return new HandedOn(body -> body);
        }
    }
}
