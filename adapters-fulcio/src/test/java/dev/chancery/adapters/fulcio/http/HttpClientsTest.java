package dev.chancery.adapters.fulcio.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.chancery.ports.sigstore.ServiceException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.Map;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Whom clients believe to be the server that they want, against a server on loopback with a certificate that the JDK's keytool made for
/// `localhost` alone.
class HttpClientsTest {
    private static final String PASSWORD = "loopback";
    private static final String STORE = "javax.net.ssl.trustStore";

    @TempDir
    Path folder = Path.of("unset");
    private Path store = Path.of("unset");
    private HttpsServer server;

    @BeforeEach
    void serve() throws Exception {
        store = folder.resolve("server.p12");
        Process keytool = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "server",
                "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=loopback", "-ext", "san=dns:localhost", "-validity", "2", "-storetype", "PKCS12",
                "-keystore", store.toString(), "-storepass", PASSWORD).inheritIO().start();
        assertEquals(0, keytool.waitFor());
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(keyStore(), PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(204, -1);
            }
        });
        server.start();
    }

    private KeyStore keyStore() throws Exception {
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(store)) {
            made.load(in, PASSWORD.toCharArray());
        }
        return made;
    }

    @AfterEach
    void stop() {
        server.stop(0);
        System.clearProperty(STORE);
        System.clearProperty(STORE + "Password");
    }

    private String certificate() throws Exception {
        String pem = "-----BEGIN CERTIFICATE-----\n" + Base64.getMimeEncoder().encodeToString(keyStore().getCertificate("server").getEncoded())
                + "\n-----END CERTIFICATE-----\n";
        return Files.writeString(folder.resolve("authorities.pem"), pem).toString();
    }

    /// Java trusts the server's certificate: it is read at the first handshake, not when the client is made.
    private HttpClient trustingByJava() throws Exception {
        HttpClient client = HttpClients.client(_ -> null);
        System.setProperty(STORE, store.toString());
        System.setProperty(STORE + "Password", PASSWORD);
        return client;
    }

    private int status(HttpClient client, String host) throws Exception {
        return client.send(HttpRequest.newBuilder(URI.create("https://" + host + ":" + server.getAddress().getPort())).build(), BodyHandlers.discarding())
                .statusCode();
    }

    @Test
    void aServerThatNoAuthorityVouchesForIsNotBelieved() throws Exception {
        try (HttpClient client = HttpClients.client(_ -> null)) {
            assertThrows(SSLHandshakeException.class, () -> status(client, "localhost"));
        }
    }

    @Test
    void javasAuthoritiesAreBelieved() throws Exception {
        try (HttpClient client = trustingByJava()) {
            assertEquals(204, status(client, "localhost"));
        }
    }

    @Test
    void theAuthoritiesInAFileAreBelievedInPlaceOfJavas() throws Exception {
        try (HttpClient client = HttpClients.client(Map.of("SSL_CERT_FILE", certificate())::get)) {
            assertEquals(204, status(client, "localhost"));
        }
    }

    @Test
    void aFileWithoutCertificatesVouchesForNobodyAndIsNamed() throws Exception {
        String empty = Files.writeString(folder.resolve("empty.pem"), "nothing\n").toString();
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(Map.of("SSL_CERT_FILE", empty)::get), _ -> {}, new Random(4711),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        var untrusted = assertThrows(ServiceException.Untrusted.class, () -> http.ask(Ask.get("a service",
                URI.create("https://localhost:" + server.getAddress().getPort()), "text/plain", 1), Duration.ofSeconds(5), BeforeRepeat.NOTHING));
        assertTrue(untrusted.problem().why().contains("SSL_CERT_FILE names " + empty), untrusted.problem().why());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aCertificateForAnotherHostIsNotBelieved(boolean byJava) throws Exception {
        try (HttpClient client = byJava ? trustingByJava() : HttpClients.client(Map.of("SSL_CERT_FILE", certificate())::get)) {
            assertThrows(SSLHandshakeException.class, () -> status(client, "127.0.0.1"));
        }
    }

    @Test
    void whatStandsAgainstASettingIsSaidByTheRequestAndNotByThePreparation() {
        ServiceHttp http = new ServiceHttp(() -> HttpClients.client(Map.of("SSL_CERT_FILE", folder.resolve("nothing").toString())::get), _ -> {},
                new Random(4711), Clock.fixed(Instant.EPOCH, ZoneOffset.UTC));
        http.prepare();
        var untrusted = assertThrows(ServiceException.Untrusted.class, () -> http.ask(Ask.get("a service", URI.create("https://localhost"), "text/plain", 1),
                Duration.ofSeconds(5), BeforeRepeat.NOTHING));
        assertTrue(untrusted.problem().why().contains("SSL_CERT_FILE"), untrusted.problem().why());
    }
}
