package dev.chancery.testkit.forge;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.TransparencyLogEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The forging kit's services answering over HTTP on loopback: Fulcio's API v2, Rekor v1 and v2, a timestamp authority. They do what they
/// are asked, at the one time that everything forged is made, unless a test has them fail or lie. Thread-safe.
public final class ForgedInstance implements AutoCloseable {
    private final ForgedServices services;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<Place, Queue<Fault>> faults = new ConcurrentHashMap<>();
    private final Map<Place, AtomicInteger> asked = new ConcurrentHashMap<>();
    private final Map<String, String> firstLog = new ConcurrentHashMap<>();
    private final Map<String, Long> secondLog = new ConcurrentHashMap<>();
    private volatile @Nullable TransparencyLogEntry newest;
    private volatile Consumer<ForgedCertificate> certificate = _ -> {};
    private volatile UnaryOperator<ForgedTimestamp> timestamp = UnaryOperator.identity();
    private volatile Consumer<ForgedEntry> entry = _ -> {};

    private ForgedInstance(ForgedServices services, HttpServer server) {
        this.services = services;
        this.server = server;
    }

    /// The services by what they are for.
    public enum Place {
        CERTIFICATES("/fulcio"),
        TIMESTAMPS("/tsa"),
        FIRST_LOG("/rekor1"),
        SECOND_LOG("/rekor2");

        private final String path;

        Place(String path) {
            this.path = path;
        }
    }

    /// What a service does instead of what it was asked.
    public enum Fault {
        /// The connection ends without an answer.
        HANG_UP,
        /// It does what it was asked, and the connection ends before the answer.
        DO_AND_HANG_UP,
        /// There is no answer, ever.
        FREEZE,
        /// HTTP 429, to be asked again in a second.
        THROTTLE,
        /// HTTP 500.
        FAIL,
        /// A login page.
        WEB_PAGE,
        /// An answer without an end.
        ENDLESS,
        /// HTTP 302 to elsewhere.
        REDIRECT
    }

    /// Starts them.
    public static ForgedInstance start(ForgedServices services) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            ForgedInstance instance = new ForgedInstance(services, server);
            for (Place place : Place.values()) {
                server.createContext(place.path, exchange -> instance.handle(place, exchange));
            }
            server.setExecutor(instance.threads);
            server.start();
            return instance;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// Where a service is.
    public String url(Place place) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + place.path;
    }

    /// How often a service was asked.
    public int asked(Place place) {
        return asked.computeIfAbsent(place, _ -> new AtomicInteger()).get();
    }

    /// How many entries the first log has.
    public int firstLogEntries() {
        return firstLog.size();
    }

    /// How many entries the second log was given.
    public int secondLogEntries() {
        return secondLog.size();
    }

    /// Has a service fail at its next requests, once for each.
    public void failNext(Place place, Fault... next) {
        Queue<Fault> queue = faults.computeIfAbsent(place, _ -> new ConcurrentLinkedQueue<>());
        queue.addAll(List.of(next));
    }

    /// Has a service fail from now on.
    public void failAlways(Place place, Fault fault) {
        Queue<Fault> queue = new ConcurrentLinkedQueue<>();
        for (int i = 0; i < 1000; i++) {
            queue.add(fault);
        }
        faults.put(place, queue);
    }

    /// Has all services work again.
    public void heal() {
        faults.clear();
        certificate = _ -> {};
        timestamp = UnaryOperator.identity();
        entry = _ -> {};
    }

    /// Has the logs forget all that they were given, as if they had never lied about it.
    public void forget() {
        firstLog.clear();
        secondLog.clear();
        newest = null;
    }

    /// Changes certificates before they are issued.
    public void certificates(Consumer<ForgedCertificate> change) {
        certificate = change;
    }

    /// Changes timestamps before they are issued.
    public void timestamps(UnaryOperator<ForgedTimestamp> change) {
        timestamp = change;
    }

    /// Changes log entries while they are made.
    public void entries(Consumer<ForgedEntry> change) {
        entry = change;
    }

    private void handle(Place place, HttpExchange exchange) throws IOException {
        asked.computeIfAbsent(place, _ -> new AtomicInteger()).incrementAndGet();
        Queue<Fault> queue = faults.get(place);
        Fault fault = queue == null ? null : queue.poll();
        try (exchange) {
            Bytes request = Bytes.copyOf(exchange.getRequestBody().readAllBytes());
            if (fault == null) {
                answer(place, exchange, request);
                return;
            }
            switch (fault) {
                case HANG_UP -> throw new IOException("hanging up");
                case DO_AND_HANG_UP -> {
                    made(place, exchange.getRequestURI().getPath(), request);
                    throw new IOException("hanging up");
                }
                case FREEZE -> closed.await();
                case THROTTLE -> {
                    exchange.getResponseHeaders().add("Retry-After", "1");
                    send(exchange, 429, Bytes.ofUtf8("{\"message\":\"slow down\"}"));
                }
                case FAIL -> send(exchange, 500, Bytes.ofUtf8("{\"message\":\"out of order\"}"));
                case WEB_PAGE -> send(exchange, 200, Bytes.ofUtf8("<html>Please log in.</html>"));
                case ENDLESS -> endless(exchange);
                case REDIRECT -> {
                    exchange.getResponseHeaders().add("Location", "http://127.0.0.1:9/elsewhere");
                    send(exchange, 302, Bytes.empty());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void endless(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 0);
        byte[] block = new byte[1 << 16];
        for (int i = 0; i < 2048; i++) {
            exchange.getResponseBody().write(block);
        }
    }

    private void answer(Place place, HttpExchange exchange, Bytes request) throws IOException {
        Made made = made(place, exchange.getRequestURI().getPath(), request);
        send(exchange, made.status, made.body);
    }

    private static void send(HttpExchange exchange, int status, Bytes body) throws IOException {
        exchange.sendResponseHeaders(status, body.isEmpty() ? -1 : body.size());
        body.writeTo(exchange.getResponseBody());
    }

    private record Made(int status, Bytes body) {}

    private Made made(Place place, String path, Bytes request) {
        String text = new String(request.toByteArray(), StandardCharsets.UTF_8);
        return switch (place) {
            case CERTIFICATES -> new Made(200, certificate(text));
            case TIMESTAMPS -> {
                // The imprint is the last OCTET STRING, before certReq.
                Bytes imprint = request.slice(request.size() - 3 - 32, request.size() - 3);
                yield new Made(200, timestamp.apply(ForgedTimestamp.ofImprint(services.timestamps(), imprint)).issue());
            }
            case FIRST_LOG -> first(path, text);
            case SECOND_LOG -> path.endsWith("/entries") && !text.isEmpty() ? second(path, text) : tree(path.substring(path.indexOf("/api/v2/") + 8));
        };
    }

    private Bytes certificate(String request) {
        Bytes spki = pem(Bytes.ofUtf8(field(request, "content").replace("\\n", "\n")));
        ForgedCertificate made = new ForgedCertificate(services.authority(), services.certificateLog()).forKey(spki);
        certificate.accept(made);
        String pem = "-----BEGIN CERTIFICATE-----\\n" + made.issue().toBase64() + "\\n-----END CERTIFICATE-----\\n";
        return Bytes.ofUtf8("{\"signedCertificateEmbeddedSct\":{\"chain\":{\"certificates\":[\"" + pem + "\"]}}}");
    }

    private Made first(String path, String request) {
        boolean search = path.endsWith("/retrieve");
        String proposed = search ? request.substring(request.indexOf('[') + 1, request.lastIndexOf(']')) : request;
        String known = firstLog.get(proposed);
        if (search) {
            return new Made(200, Bytes.ofUtf8(known == null ? "[]" : "[" + known + "]"));
        }
        if (known != null) {
            return new Made(409, Bytes.ofUtf8("{\"code\":409,\"message\":\"an equivalent entry already exists\"}"));
        }
        ForgedEntry made = new ForgedEntry(services.first(), services.first().hashedRekord(), proposed);
        entry.accept(made);
        String answer = "{\"0123\":" + ofFirst(made.make()) + "}";
        firstLog.put(proposed, answer);
        return new Made(201, Bytes.ofUtf8(answer));
    }

    private static String ofFirst(TransparencyLogEntry made) {
        InclusionProof proof = made.inclusionProof().orElseThrow();
        return "{\"body\":\"" + made.canonicalizedBody().toBase64() + "\",\"integratedTime\":" + made.integratedTime().orElseThrow().getEpochSecond()
                + ",\"logID\":\"" + made.logId().toHex() + "\",\"logIndex\":" + made.logIndex() + ",\"verification\":{\"inclusionProof\":{\"checkpoint\":\""
                + proof.checkpoint().orElseThrow().replace("\n", "\\n") + "\",\"hashes\":[" + hashes(proof.hashes().stream().map(Bytes::toHex).toList())
                + "],\"logIndex\":" + proof.logIndex() + ",\"rootHash\":\"" + proof.rootHash().toHex() + "\",\"treeSize\":" + proof.treeSize()
                + "},\"signedEntryTimestamp\":\"" + made.signedEntryTimestamp().orElseThrow().toBase64() + "\"}}";
    }

    private Made second(String path, String request) {
        if (secondLog.containsKey(path + request)) {
            return new Made(409, Bytes.ofUtf8("{\"code\":6,\"message\":\"an equivalent entry already exists in the transparency log with index "
                    + secondLog.get(path + request) + "\",\"details\":[]}"));
        }
        String kind = request.contains("x509Certificate") ? "x509Certificate" : "publicKey";
        ForgedEntry made = new ForgedEntry(services.second(), services.second().hashedRekord(),
                "{\"apiVersion\":\"0.0.2\",\"kind\":\"hashedrekord\",\"spec\":{\"hashedRekordV002\":{\"data\":{\"algorithm\":\"SHA2_256\",\"digest\":\""
                        + field(request, "digest") + "\"},\"signature\":{\"content\":\"" + field(request, "content")
                        + "\",\"verifier\":{\"keyDetails\":\"" + field(request, "keyDetails") + "\",\"" + kind + "\":{\"rawBytes\":\""
                        + field(request, "rawBytes") + "\"}}}}}}");
        entry.accept(made);
        TransparencyLogEntry logged = made.make();
        secondLog.put(path + request, logged.logIndex());
        newest = logged;
        InclusionProof proof = logged.inclusionProof().orElseThrow();
        return new Made(201, Bytes.ofUtf8("{\"logIndex\":\"" + logged.logIndex() + "\",\"logId\":{\"keyId\":\"" + logged.logId().toBase64() + "\"},\"kindVersion\":{\"kind\":\""
                + logged.kindVersion().kind() + "\",\"version\":\"" + logged.kindVersion().version() + "\"},\"inclusionProof\":{\"logIndex\":\""
                + proof.logIndex() + "\",\"rootHash\":\"" + proof.rootHash().toBase64() + "\",\"treeSize\":\"" + proof.treeSize() + "\",\"hashes\":["
                + hashes(proof.hashes().stream().map(Bytes::toBase64).toList()) + "],\"checkpoint\":{\"envelope\":\""
                + proof.checkpoint().orElseThrow().replace("\n", "\\n") + "\"}},\"canonicalizedBody\":\"" + logged.canonicalizedBody().toBase64() + "\"}"));
    }

    /// The tree of the second log, in whose last state its newest entry is proven (C2SP tlog-tiles): one tile that isn't full.
    private Made tree(String path) {
        TransparencyLogEntry last = newest;
        if (last == null) {
            return new Made(404, Bytes.empty());
        }
        InclusionProof proof = last.inclusionProof().orElseThrow();
        List<Bytes> bodies = new ArrayList<>();
        for (int i = 0; i < proof.treeSize(); i++) {
            bodies.add(i == proof.logIndex() ? last.canonicalizedBody() : ForgedEntry.others(i));
        }
        if (path.equals("checkpoint")) {
            return new Made(200, Bytes.ofUtf8(proof.checkpoint().orElseThrow()));
        }
        boolean entries = path.startsWith("tile/entries/");
        return new Made(200, Bytes.concat(bodies.stream()
                .map(body -> entries ? Bytes.copyOf(new byte[] {(byte) (body.size() >> 8), (byte) body.size()}).concat(body) : MerkleTree.leafHash(body))
                .toList()));
    }

    private static String hashes(List<String> hashes) {
        return hashes.isEmpty() ? "" : "\"" + String.join("\",\"", hashes) + "\"";
    }

    private static String field(String json, String name) {
        Matcher found = Pattern.compile("\"" + name + "\":\"([^\"]*)\"").matcher(json);
        if (!found.find()) {
            throw new IllegalArgumentException("no " + name + " in the request");
        }
        return found.group(1);
    }

    private static Bytes pem(Bytes text) {
        String body = text.utf8().orElseThrow().replaceAll("-----[A-Z ]+-----", "").replace("\n", "");
        return Bytes.copyOf(Base64.getDecoder().decode(body));
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
