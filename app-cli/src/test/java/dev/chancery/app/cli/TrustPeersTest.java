package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import dev.chancery.app.cli.FaultyProxy.Fate;
import dev.chancery.app.cli.Program.Run;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Trust pulled from a repository that python-tuf made (`lab/verifiers/tuf_repository.py`), with delegations of each kind.
@Tag("interop")
class TrustPeersTest {
    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);
    private HttpServer server;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();

    @BeforeEach
    void serve() throws Exception {
        Program.install("verifiers");
        program = new Program(folder).with("XDG_STATE_HOME", folder.resolve("state").toString());
        Path repository = Files.createDirectory(folder.resolve("repository"));
        Files.createDirectory(folder.resolve("out"));
        program.run(List.of(Program.lab().resolve("venv/verifiers/bin/python").toString(),
                Path.of(System.getProperty("chancery.root"), "lab/verifiers/tuf_repository.py").toString(), repository.toString())).succeeded();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                String path = exchange.getRequestURI().getPath().substring(1);
                asked.add(path);
                Path file = repository.resolve(path);
                byte[] content = Files.isRegularFile(file) ? Files.readAllBytes(file) : new byte[0];
                exchange.sendResponseHeaders(content.length == 0 ? 404 : 200, content.length == 0 ? -1 : content.length);
                exchange.getResponseBody().write(content);
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private String mirror() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Run pull(String mirror, String... more) throws Exception {
        List<String> line = new ArrayList<>(List.of("trust", "pull", "--mirror", mirror, "--to", "out"));
        line.addAll(List.of(more));
        return program.chancery(line.toArray(String[]::new));
    }

    private void assertPulled() throws Exception {
        for (String name : List.of("trusted_root.json", "signing_config.v0.2.json")) {
            assertEquals("{\"listed by\":\"team/\u00dcbung\",\"name\":\"" + name + "\"}\n", Files.readString(folder.resolve("out").resolve(name)));
            Files.delete(folder.resolve("out").resolve(name));
        }
    }

    @Test
    void whomPythonTufDelegatesToIsAskedAndNobodyElse() throws Exception {
        pull(mirror(), "--root", "repository/root.json").succeeded();
        assertPulled();
        assertTrue(asked.contains("1.team/\u00dcbung.json"), asked.toString());
        assertTrue(asked.contains("1.bin-a.json"), "trusted_root.json, by sha256sum: " + asked);
        assertTrue(asked.stream().noneMatch(path -> path.contains("stranger") || path.contains("never")), asked.toString());
        server.stop(0);
        pull(mirror(), "--offline").succeeded();
        assertPulled();
    }

    @Test
    void whatWasPulledServesWhileTheMirrorIsDown() throws Exception {
        FaultyProxy front = new FaultyProxy(mirror(), _ -> Fate.through());
        String address = front.address();
        try (front) {
            pull(address, "--root", "repository/root.json").succeeded();
            assertPulled();
        }
        Run later = pull(address);
        later.succeeded();
        assertTrue(later.err().contains("the mirror could not be used"), later.err());
        assertPulled();
    }
}
