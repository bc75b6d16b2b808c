package dev.chancery.adapters.fulcio.revocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.fulcio.http.HttpClients;
import dev.chancery.adapters.fulcio.http.ServiceHttp;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.ports.certificate.RevocationReader;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.ports.certificate.RevocationSource.Found;
import dev.chancery.testkit.registry.LoopbackWeb;
import dev.chancery.testkit.registry.WebAnswer;
import dev.chancery.testkit.registry.WebRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HttpRevocationsTest {
    private static final Bytes LIST = Bytes.ofUtf8("a list");
    private static final Bytes RESPONSE = Bytes.ofUtf8("a response");
    private static final Bytes REQUEST = Bytes.ofUtf8("a request");
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path folder;

    private final Queue<WebRequest> asked = new ConcurrentLinkedQueue<>();
    private LoopbackWeb web;

    @BeforeEach
    void start() throws Exception {
        web = LoopbackWeb.start(ServerSocketFactory.getDefault(), request -> {
            asked.add(request);
            return switch (request.path()) {
                case "/list" -> answer(200, Map.of(), LIST);
                case "/ocsp" -> answer(200, Map.of(), RESPONSE);
                case "/elsewhere" -> answer(302, Map.of("Location", "http://" + web.host() + "/list"), Bytes.empty());
                case "/long" -> answer(200, Map.of(), Bytes.ofUtf8("x".repeat(RevocationReader.MAX_LIST + 1)));
                default -> answer(404, Map.of(), Bytes.empty());
            };
        });
    }

    @AfterEach
    void stop() {
        web.close();
    }

    private static WebAnswer answer(int status, Map<String, String> headers, Bytes body) {
        return new WebAnswer(status, headers, body, body.size());
    }

    private RevocationFacts facts(String... lists) {
        return new RevocationFacts("certificate 1", NOW, List.of(lists), List.of(), REQUEST);
    }

    private String url(String path) {
        return "http://" + web.host() + path;
    }

    private RevocationSource source(boolean offline, boolean ownMachine) {
        Clock clock = Clock.fixed(NOW, ZoneOffset.UTC);
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(_ -> null), _ -> {}, new Random(4711), clock);
        return new HttpRevocations(http, folder, clock, new HttpRevocations.Settings(List.of(), List.of(), offline, ownMachine));
    }

    @Test
    void whatIsFetchedIsKeptForAnotherTimeWithoutANetwork() {
        RevocationFacts facts = new RevocationFacts("certificate 1", NOW, List.of(url("/list")), List.of(url("/ocsp")), REQUEST);
        assertEquals(new Found(List.of(LIST), List.of(RESPONSE), List.of()), source(false, true).fetched(facts));
        assertEquals(REQUEST, asked.stream().filter(request -> request.method().equals("POST")).findFirst().orElseThrow().body());
        int before = asked.size();
        assertEquals(new Found(List.of(LIST), List.of(RESPONSE), List.of()), source(true, true).known(facts));
        RevocationFacts other = new RevocationFacts("certificate 2", NOW, List.of(), List.of(url("/ocsp")), Bytes.ofUtf8("another request"));
        assertEquals(Found.NOTHING, source(true, true).known(other), "an answer is kept for the certificate that it was asked about");
        assertEquals(before, asked.size());
    }

    @Test
    void nobodyIsAskedOffline() {
        Found found = source(true, true).fetched(facts(url("/list")));
        assertEquals(List.of("nobody was asked (offline)"), found.failures());
        assertEquals(0, asked.size());
    }

    @Test
    void thisMachineIsNotAskedUnlessItIsMeant() {
        for (String host : List.of(url("/list"), url("/list").replace("127.0.0.1", "localhost"), "http://169.254.169.254/latest", "http://[::1]/list")) {
            Found found = source(false, false).fetched(facts(host));
            assertTrue(found.lists().isEmpty() && found.failures().getFirst().contains("link-local"), found.toString());
        }
        assertEquals(0, asked.size());
    }

    @Test
    void noRedirectIsFollowed() {
        assertEquals(List.of(), source(false, true).fetched(facts(url("/elsewhere"))).lists());
        assertEquals(1, asked.size());
    }

    @Test
    void whatIsTooLongIsNotTaken() {
        assertEquals(List.of(), source(false, true).fetched(facts(url("/long"))).lists());
    }

    @Test
    void aPlaceThatGaveNothingIsLeftAlone() {
        RevocationSource source = source(false, true);
        Found first = source.fetched(facts(url("/none")));
        assertEquals(1, first.failures().size());
        assertEquals(first, source.fetched(facts(url("/none"))));
        assertEquals(1, asked.size());
    }
}
