package dev.chancery.adapters.fulcio.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/// A server on loopback that answers as a test says, and remembers what it was asked.
final class ScriptedIssuer implements AutoCloseable {
    final List<Asked> asked = Collections.synchronizedList(new ArrayList<>());
    private final HttpServer server;
    private final Map<String, Function<Asked, Answered>> answers = new ConcurrentHashMap<>();

    ScriptedIssuer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.start();
    }

    record Asked(String path, String query, String body, Map<String, String> headers) {}

    record Answered(int status, String body) {}

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    ScriptedIssuer on(String path, Function<Asked, Answered> answer) {
        answers.put(path, answer);
        return this;
    }

    ScriptedIssuer describingItself() {
        return on("/.well-known/openid-configuration", _ -> new Answered(200, "{\"issuer\":\"" + url() + "\",\"authorization_endpoint\":\"" + url()
                + "/auth\",\"token_endpoint\":\"" + url() + "/token\",\"device_authorization_endpoint\":\"" + url() + "/device\"}"));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new ConcurrentHashMap<>();
            exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            String query = exchange.getRequestURI().getRawQuery();
            Asked request = new Asked(exchange.getRequestURI().getPath(), query == null ? "" : query,
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8), headers);
            asked.add(request);
            Answered answer = answers.getOrDefault(request.path(), _ -> new Answered(404, "{}")).apply(request);
            byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
