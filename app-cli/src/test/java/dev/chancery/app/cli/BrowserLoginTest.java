package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.chancery.testkit.forge.ForgedInstance.Place;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The program that opens a page in the person's browser gets the page, and none of the secrets around it.
class BrowserLoginTest {
    /// Writes down its environment, and follows the page wherever it leads.
    private static final String BROWSER = """
            import java.net.URI;
            import java.net.http.HttpClient;
            import java.net.http.HttpRequest;
            import java.net.http.HttpResponse.BodyHandlers;
            import java.nio.file.Files;
            import java.nio.file.Path;
            class Follow {
                public static void main(String[] arguments) throws Exception {
                    Files.write(Path.of(arguments[0]), System.getenv().keySet());
                    HttpClient.newBuilder().followRedirects(HttpClient.Redirect.ALWAYS).proxy(HttpClient.Builder.NO_PROXY).build()
                            .send(HttpRequest.newBuilder(URI.create(arguments[1])).build(), BodyHandlers.discarding());
                }
            }
            """;

    @TempDir
    Path folder = Path.of("unset");
    private final HttpServer issuer = issuer();

    @AfterEach
    void stop() {
        issuer.stop(0);
    }

    /// An issuer that refuses whoever logs in.
    private static HttpServer issuer() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            server.createContext("/.well-known/openid-configuration", exchange -> answer(exchange, "{\"issuer\":\"" + url
                    + "\",\"authorization_endpoint\":\"" + url + "/auth\",\"token_endpoint\":\"" + url + "/token\"}"));
            server.createContext("/auth", exchange -> {
                String query = exchange.getRequestURI().getQuery();
                exchange.getResponseHeaders().set("Location", value(query, "redirect_uri") + "?error=access_denied&state=" + value(query, "state"));
                exchange.sendResponseHeaders(302, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        try (exchange) {
            byte[] body = json.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    private static String value(String query, String name) {
        return query.substring(query.indexOf(name + "=") + name.length() + 1).split("&", 2)[0];
    }

    @Test
    void theBrowserInheritsNoSecret() throws Exception {
        Path follow = Files.writeString(folder.resolve("Follow.java"), BROWSER);
        Path seen = folder.resolve("seen");
        Path browser = Files.createFile(folder.resolve("browser"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        Files.writeString(browser, "#!/bin/sh\nexec '" + Path.of(System.getProperty("java.home"), "bin", "java") + "' '" + follow + "' '" + seen + "' \"$1\"\n");
        try (ForgedStack stack = new ForgedStack(folder)) {
            stack.program.with("BROWSER", browser.toString()).with("CHANCERY_PIN", "24680").with("VAULT_TOKEN", "made up")
                    .with("SIGSTORE_ID_TOKEN", "made up").with("MY_TOKEN", "eyJhbGciOiJub25lIn0.e30.made-up");
            stack.run("sign", "artifact", "--fulcio-auth-flow", "normal", "--oidc-issuer", "http://127.0.0.1:" + issuer.getAddress().getPort())
                    .failed(4, "CHY-L007");
            assertEquals(0, stack.instance.asked(Place.CERTIFICATES));
        }
        Set<String> names = Files.readAllLines(seen).stream().collect(Collectors.toSet());
        assertTrue(names.contains("PATH") && names.contains("CHANCERY_AUDIT_LOG"), names.toString());
        for (String secret : List.of("CHANCERY_PASSPHRASE", "COSIGN_PASSWORD", "CHANCERY_PIN", "VAULT_TOKEN", "SIGSTORE_ID_TOKEN", "MY_TOKEN")) {
            assertFalse(names.contains(secret), secret);
        }
    }
}
