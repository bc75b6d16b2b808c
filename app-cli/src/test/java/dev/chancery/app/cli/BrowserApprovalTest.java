package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Officers who approve with a security key in a browser: Chromium and its virtual authenticator on the real page.
@Tag("interop")
class BrowserApprovalTest {
    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);
    private final List<Process> processes = new ArrayList<>();
    private String port = "";

    @BeforeEach
    void prepare() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("app"), "some content\n");
        try (ServerSocket free = new ServerSocket(0)) {
            port = Integer.toString(free.getLocalPort());
        }
    }

    @AfterEach
    void end() {
        processes.forEach(Process::destroy);
    }

    /// The program while its page is open.
    private record Serving(Process process, BufferedReader lines, String url) {
        int ended() throws Exception {
            int status = process.waitFor();
            lines.close();
            return status;
        }
    }

    private Serving serve(String... arguments) throws IOException {
        return serveAt("http://localhost", arguments);
    }

    private Serving serveAt(String origin, String... arguments) throws IOException {
        Process process = program.builder(Program.command(Stream.concat(Stream.of(arguments), Stream.of("--port", port)).toArray(String[]::new)))
                .redirectErrorStream(true).start();
        processes.add(process);
        BufferedReader lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = lines.readLine();
        assertTrue(line != null && line.startsWith("open " + origin + ":" + port + "/"), () -> line + " " + String.join("\n", lines.lines().toList()));
        return new Serving(process, lines, line.substring(5));
    }

    private Process browser(String... more) throws Exception {
        Program.install("chromium");
        Process process = new ProcessBuilder(Stream.concat(Stream.of(Program.lab().resolve("venv/chromium/bin/python").toString(),
                Path.of(System.getProperty("chancery.root"), "lab/chromium/pages.py").toString()), Stream.of(more)).toList())
                .redirectError(folder.resolve("browser.err").toFile()).start();
        processes.add(process);
        return process;
    }

    private static String press(Process browser, BufferedReader said, String button, String url) throws IOException {
        browser.getOutputStream().write((button + " " + url + "\n").getBytes(StandardCharsets.UTF_8));
        browser.getOutputStream().flush();
        return String.valueOf(said.readLine());
    }

    private void policy() throws Exception {
        String policy = "policy: chancery.dev/v1\nsigners:\n  ann:\n    key: |\n" + Files.readString(folder.resolve("ann.pub")).indent(6)
                + "  cem:\n    securityKey:\n      rpId: localhost\n      origins: ['http://localhost:" + port + "']\n      key: |\n"
                + Files.readString(folder.resolve("cem.pub")).indent(8)
                + "roles:\n  officers: {threshold: 2, signers: [ann, cem]}\nrequire:\n  - signatureBy: officers\n";
        Files.writeString(folder.resolve("policy.yaml"), policy);
    }

    @Test
    void anOfficerEnrolsASecurityKeyAndApprovesWithItAndThePolicyCountsThem() throws Exception {
        Process browser = browser();
        try (BufferedReader said = new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", said.readLine(), () -> "no browser");
            Serving enrolling = serve("key", "enroll", "--name", "cem@example.com", "--out", "cem.pub");
            assertEquals("done Done. You can close this page and go on in the terminal.", press(browser, said, "yes", enrolling.url()));
            assertEquals(0, enrolling.ended());
            program.chancery("key", "generate", "ann.key", "--type", "p256").succeeded();
            program.chancery("key", "export", "ann.key", "-o", "ann.pub").succeeded();
            policy();
            Program.Run created = program.chancery("request", "create", "app", "--policy", "policy.yaml", "--requester", "ada <b>", "--out", "req.json");
            created.succeeded();
            String code = created.out().lines().filter(line -> line.startsWith("code ")).findFirst().orElseThrow().substring(8);
            program.chancery("request", "approve", "req.json", "--key", "ann.key", "--code", code, "--policy", "policy.yaml", "--out", "ann.json").succeeded();
            Serving refusing = serve("request", "serve", "req.json", "--policy", "policy.yaml", "--out", "cem.json");
            assertEquals("refused Refused. Nothing was approved.", press(browser, said, "no", refusing.url()));
            assertEquals(4, refusing.ended());
            assertFalse(Files.exists(folder.resolve("cem.json")));
            Serving approving = serve("request", "serve", "req.json", "--policy", "policy.yaml", "--out", "cem.json");
            assertEquals("done Done. You can close this page and go on in the terminal.", press(browser, said, "yes", approving.url()));
            assertEquals(0, approving.ended());
        }
        program.chancery("request", "assemble", "req.json", "cem.json", "ann.json", "--policy", "policy.yaml", "--bundle", "q.json").succeeded();
        Program.Run verified = program.chancery("verify", "app", "--bundle", "q.json", "--policy", "policy.yaml");
        verified.succeeded();
        assertTrue(verified.out().contains("found [ann, cem]"), verified.out());
        assertTrue(verified.out().contains("every page on the machine shares localhost: good for trying out only"), verified.out());
        assertTrue(program.chancery("policy", "check", "policy.yaml").out().contains("good for trying out only"));
        Program.Run split = program.chancery("bundle", "split", "q.json");
        assertTrue(split.err().contains("left behind: the approval by the security key"), split.err());
        assertTrue(program.chancery("audit", "show").out().contains("webauthn:"));
    }

    @Test
    void anOrganisationsRelyingPartyIsAskedOverHttps() throws Exception {
        String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        program.run(List.of(keytool, "-genkeypair", "-keystore", "sign.p12", "-storepass", "made-up-for-tests", "-alias", "sign", "-keyalg", "EC", "-dname",
                "CN=sign.example.com", "-ext", "SAN=dns:sign.example.com")).succeeded();
        Files.writeString(folder.resolve("passphrase"), "made-up-for-tests\n");
        KeyStore store = KeyStore.getInstance(folder.resolve("sign.p12").toFile(), "made-up-for-tests".toCharArray());
        byte[] spki = MessageDigest.getInstance("SHA-256").digest(store.getCertificate("sign").getPublicKey().getEncoded());
        Process browser = browser("--host", "sign.example.com", "--spki", Base64.getEncoder().encodeToString(spki));
        try (BufferedReader said = new BufferedReader(new InputStreamReader(browser.getInputStream(), StandardCharsets.UTF_8))) {
            assertEquals("ready", said.readLine(), () -> "no browser");
            Serving enrolling = serveAt("https://sign.example.com", "key", "enroll", "--name", "cem@example.com", "--rp-id", "sign.example.com", "--tls", "sign.p12",
                    "--tls-passphrase-file", "passphrase", "--out", "cem.pub");
            assertEquals("done Done. You can close this page and go on in the terminal.", press(browser, said, "yes", enrolling.url()));
            assertEquals(0, enrolling.ended());
            Files.writeString(folder.resolve("policy.yaml"), "policy: chancery.dev/v1\nsigners:\n  cem:\n    securityKey:\n      rpId: sign.example.com\n      origins: "
                    + "['https://sign.example.com:" + port + "']\n      key: |\n" + Files.readString(folder.resolve("cem.pub")).indent(8)
                    + "roles:\n  officers: {threshold: 1, signers: [cem]}\nrequire:\n  - signatureBy: officers\n");
            program.chancery("request", "create", "app", "--policy", "policy.yaml", "--requester", "ada", "--out", "req.json").succeeded();
            Serving approving = serveAt("https://sign.example.com", "request", "serve", "req.json", "--policy", "policy.yaml", "--rp-id", "sign.example.com", "--tls",
                    "sign.p12", "--tls-passphrase-file", "passphrase", "--out", "cem.json");
            assertEquals("done Done. You can close this page and go on in the terminal.", press(browser, said, "yes", approving.url()));
            assertEquals(0, approving.ended());
        }
        program.chancery("request", "assemble", "req.json", "cem.json", "--policy", "policy.yaml", "--bundle", "q.json").succeeded();
        Program.Run verified = program.chancery("verify", "app", "--bundle", "q.json", "--policy", "policy.yaml");
        verified.succeeded();
        assertFalse(verified.out().contains("trying out"), verified.out());
        Files.writeString(folder.resolve("passphrase"), "another\n");
        program.chancery("key", "enroll", "--name", "cem", "--rp-id", "sign.example.com", "--tls", "sign.p12", "--tls-passphrase-file", "passphrase", "--out", "d.pub")
                .failed(2, "CHY-K090");
    }

    @Test
    void onlyThePageItselfIsAnsweredAndOnlyUnderItsOwnName() throws Exception {
        Serving serving = serve("key", "enroll", "--name", "cem", "--out", "cem.pub");
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> page = client.send(HttpRequest.newBuilder(URI.create(serving.url())).build(), HttpResponse.BodyHandlers.ofString());
            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'none'; script-src 'self'"), page.headers().toString());
            assertFalse(page.body().contains("http"), page.body());
            URI root = URI.create(serving.url());
            assertEquals(404, client.send(HttpRequest.newBuilder(root.resolve("/")).build(), HttpResponse.BodyHandlers.ofString()).statusCode());
            assertEquals(404, client.send(HttpRequest.newBuilder(URI.create(serving.url().replace("localhost", "127.0.0.1"))).build(),
                    HttpResponse.BodyHandlers.ofString()).statusCode());
            for (String action : List.of("ask", "answer", "refuse")) {
                assertEquals(403, post(client, root.resolve(action), "http://evil.test").statusCode());
            }
            HttpResponse<String> asked = post(client, root.resolve("ask"), "http://localhost:" + port);
            assertEquals(200, asked.statusCode());
            assertNotNull(asked.body());
            HttpResponse<String> answered = post(client, root.resolve("answer"), "http://localhost:" + port);
            assertEquals(400, answered.statusCode());
            assertTrue(answered.body().contains("CHY-K080"), answered.body());
        }
        serving.process().destroy();
        serving.ended();
        assertFalse(Files.exists(folder.resolve("cem.pub")));
    }

    private static HttpResponse<String> post(HttpClient client, URI uri, String origin) throws Exception {
        return client.send(HttpRequest.newBuilder(uri).header("Origin", origin).POST(HttpRequest.BodyPublishers.ofString("{}")).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void aRelyingPartyOfItsOwnWantsHttps() throws Exception {
        program.chancery("key", "enroll", "--name", "cem", "--rp-id", "sign.example.com", "--out", "cem.pub").failed(2, "CHY-K090");
        program.chancery("key", "enroll", "--name", "cem", "--rp-id", "https://sign.example.com", "--out", "cem.pub").failed(2, "CHY-K090");
    }
}
