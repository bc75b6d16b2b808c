package dev.chancery.adapters.fulcio.oidc;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.identity.IdentityException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The page to which the browser comes back: on a free port of the loopback interface, for one login. What comes with another state is
/// not of this login and changes nothing: any page in the browser can send it.
final class LoopbackRedirect implements AutoCloseable {
    private static final String PATH = "/auth/callback";
    private static final String DONE = "<!doctype html><meta charset=utf-8><title>chancery</title><p>You can close this page and go on in the terminal.\n";

    private final HttpServer server;
    private final BlockingQueue<Map<String, String>> answers = new LinkedBlockingQueue<>(16);

    private LoopbackRedirect(HttpServer server) {
        this.server = server;
    }

    static LoopbackRedirect open() throws IdentityException {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
            LoopbackRedirect redirect = new LoopbackRedirect(server);
            server.createContext("/", redirect::handle);
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
            return redirect;
        } catch (IOException e) {
            throw new IdentityException(new Problem(ErrorCode.LOGIN_REFUSED, "nobody can log in; nothing was signed",
                    "no port of the loopback interface can be opened: " + e.getMessage(), "use the device flow"), e);
        }
    }

    /// Where issuers that know loopback redirects send browsers. `localhost`, since some know it by no other name.
    String uri() {
        return "http://localhost:" + server.getAddress().getPort() + PATH;
    }

    /// Waits for the code. Blocks.
    String code(String state, OidcIssuer issuer, Duration within) throws IdentityException {
        long end = System.nanoTime() + within.toNanos();
        try {
            while (true) {
                @Nullable Map<String, String> answer = answers.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
                if (answer == null) {
                    throw new IdentityException(new Problem(ErrorCode.LOGIN_TIMED_OUT, "nobody logged in; nothing was signed",
                            "the browser did not come back within " + within.toMinutes() + " minutes", "begin again"), null);
                }
                if (same(state, answer.getOrDefault("state", ""))) {
                    return code(answer, issuer);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IdentityException(new Problem(ErrorCode.LOGIN_TIMED_OUT, "nobody logged in; nothing was signed", "this program was interrupted",
                    "begin again"), e);
        }
    }

    private static String code(Map<String, String> answer, OidcIssuer issuer) throws IdentityException {
        String iss = answer.get("iss");
        if (iss != null && !iss.equals(issuer.issuer())) { // RFC 9207 §2.4
            throw LoginSettings.refused(issuer.name(), "the browser came back from another issuer: " + iss);
        }
        String code = answer.get("code");
        if (code == null) {
            throw LoginSettings.refused(issuer.name(), answer.getOrDefault("error", "no code") + ": " + answer.getOrDefault("error_description", ""));
        }
        return code;
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            boolean isAnswer = exchange.getRequestURI().getPath().equals(PATH) && exchange.getRequestMethod().equals("GET");
            byte[] page = (isAnswer ? DONE : "").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'none'");
            exchange.sendResponseHeaders(isAnswer ? 200 : 404, page.length == 0 ? -1 : page.length);
            exchange.getResponseBody().write(page);
            if (isAnswer) {
                answers.offer(query(exchange.getRequestURI().getRawQuery()));
            }
        }
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> fields = new HashMap<>();
        for (String field : (raw == null ? "" : raw).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals > 0) {
                try {
                    fields.putIfAbsent(URLDecoder.decode(field.substring(0, equals), StandardCharsets.UTF_8),
                            URLDecoder.decode(field.substring(equals + 1), StandardCharsets.UTF_8));
                } catch (IllegalArgumentException e) {
                    // Not of this login: it will lack what it needs.
                }
            }
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
