package dev.chancery.app.cli.approval.page;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Serves one page until it has done its work, the person refuses, or time is up. Thread-safe.
final class PageServer implements AutoCloseable {
    private static final int MAX_BODY = 256 * 1024;
    private static final int TOKEN_LENGTH = 16;
    private static final String HTML = "text/html; charset=utf-8";
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String JSON = "application/json; charset=utf-8";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none';"
            + " frame-ancestors 'none'";

    private static final JsonValue NOTHING = JsonText.object().build();

    private final HttpServer server;
    private final String origin;
    private final String root;
    private final PageWork work;
    private final CountDownLatch end = new CountDownLatch(1);
    private boolean over;
    private boolean refused;

    private PageServer(HttpServer server, String origin, PageWork work) {
        this.server = server;
        this.origin = origin;
        this.work = work;
        byte[] token = new byte[TOKEN_LENGTH];
        new SecureRandom().nextBytes(token);
        this.root = "/" + HexFormat.of().formatHex(token) + "/";
    }

    /// Opens a port of the loopback interface.
    ///
    /// @param tlsOrNull for HTTPS; null for plain HTTP, which browsers let WebAuthn be used on only under the name localhost
    /// @throws PageException when the port can't be opened
    static PageServer open(String host, int port, @Nullable SSLContext tlsOrNull, PageWork work) throws PageException {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port);
            HttpServer server = tlsOrNull == null ? HttpServer.create(address, 0) : HttpsServer.create(address, 0);
            if (server instanceof HttpsServer https) {
                https.setHttpsConfigurator(new HttpsConfigurator(Objects.requireNonNull(tlsOrNull)));
            }
            PageServer page = new PageServer(server, origin(host, server.getAddress().getPort(), tlsOrNull != null), work);
            server.createContext("/", page::handle);
            server.setExecutor(task -> Thread.ofVirtual().start(task));
            server.start();
            return page;
        } catch (IOException e) {
            throw PageException.unusable("port " + port + " of the loopback interface cannot be opened: " + e.getMessage(), "choose another with --port", e);
        }
    }

    /// As browsers write it: the port is left out where it is the scheme's own.
    static String origin(String host, int port, boolean tls) {
        return (tls ? "https://" : "http://") + host + (port == (tls ? 443 : 80) ? "" : ":" + port);
    }

    /// What to open in a browser.
    String url() {
        return origin + root;
    }

    /// Waits until the work is done. Blocks.
    ///
    /// @throws PageException when it was refused, or time is up
    void await(Duration within) throws PageException {
        try {
            boolean ended = end.await(within.toMillis(), TimeUnit.MILLISECONDS);
            synchronized (this) {
                if (refused) {
                    throw PageException.refused("the person at the page refused");
                }
                if (!ended) {
                    throw PageException.timedOut(within);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw PageException.timedOut(within);
        }
    }

    /// The page is over only when its answer is on the way: closing the server earlier would cut it off.
    private void handle(HttpExchange exchange) throws IOException {
        respond(exchange);
        synchronized (this) {
            if (over) {
                end.countDown();
            }
        }
    }

    private void respond(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String method = exchange.getRequestMethod();
            if (!origin.endsWith("//" + exchange.getRequestHeaders().getFirst("Host")) || !path.startsWith(root)) {
                send(exchange, 404, "text/plain; charset=utf-8", Bytes.empty());
                return;
            }
            switch (method + " " + path.substring(root.length())) {
                case "GET " -> send(exchange, 200, HTML, Bytes.ofUtf8(work.page()));
                case "GET page.js" -> send(exchange, 200, SCRIPT, resource("page.js"));
                case "GET page.css" -> send(exchange, 200, "text/css; charset=utf-8", resource("page.css"));
                case "POST ask" -> post(exchange, this::ask);
                case "POST answer" -> post(exchange, this::answer);
                case "POST refuse" -> post(exchange, this::refuse);
                default -> send(exchange, 404, "text/plain; charset=utf-8", Bytes.empty());
            }
        }
    }

    /// What the page's script has to say, and what it is answered.
    private interface Handler {
        JsonValue handle(Bytes body) throws ProblemException;
    }

    private JsonValue ask(Bytes body) throws ProblemException {
        return work.ask(body);
    }

    private JsonValue answer(Bytes body) throws ProblemException {
        work.answer(body);
        over = true;
        return NOTHING;
    }

    private JsonValue refuse(Bytes body) {
        over = true;
        refused = true;
        return NOTHING;
    }

    /// Only the page itself may send something: browsers tell the origin with every POST (Fetch standard, *append a request `Origin` header*).
    private synchronized void post(HttpExchange exchange, Handler handler) throws IOException {
        if (!origin.equals(exchange.getRequestHeaders().getFirst("Origin")) || over) {
            send(exchange, 403, "text/plain; charset=utf-8", Bytes.empty());
            return;
        }
        Bytes body = Bytes.readUpTo(exchange.getRequestBody(), MAX_BODY).orElse(Bytes.empty());
        try {
            send(exchange, 200, JSON, JsonText.compact(handler.handle(body)));
        } catch (ProblemException e) {
            ErrorCode code = e.problem().code();
            send(exchange, 400, JSON, JsonText.compact(JsonText.object().put("error", code.code() + " " + code.title() + ": " + e.problem().why()).build()));
        }
    }

    private static Bytes resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(PageServer.class.getResourceAsStream(name), name)) {
            return Bytes.copyOf(in.readAllBytes());
        }
    }

    private static void send(HttpExchange exchange, int status, String type, Bytes content) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
        exchange.getResponseHeaders().set("Referrer-Policy", "no-referrer");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.sendResponseHeaders(status, content.isEmpty() ? -1 : content.size());
        content.writeTo(exchange.getResponseBody());
    }

    /// Text as it may stand in HTML.
    static String escaped(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        text.chars().forEach(c -> {
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append((char) c);
            }
        });
        return out.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
