package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/// A Sigstore of a test's own beside the lab's, whose servers can be killed, frozen and started again: the lab's scripts, in a second lab with
/// the first one's programs.
final class MortalSigstore {
    private static final Path SCRIPTS = Path.of(System.getProperty("chancery.root"), "lab");
    private static final String PORTS = "27000";

    private final Path lab = Program.lab().resolve("mortal");
    private final Map<String, String> places = new TreeMap<>();

    /// A server, and how the lab calls its process and the variable that has its address.
    enum Server {
        ISSUER("oidc", "LAB_OIDC_ISSUER"),
        CERTIFICATES("fulcio", "LAB_FULCIO_URL"),
        CERTIFICATE_LOG("ct", "LAB_CT_URL"),
        TIMESTAMPS("tsa", "LAB_TSA_URL"),
        FIRST_LOG("rekor1", "LAB_REKOR1_URL"),
        SECOND_LOG("rekor", "LAB_REKOR_URL");

        private final String process;
        private final String variable;

        Server(String process, String variable) {
            this.process = process;
            this.variable = variable;
        }
    }

    MortalSigstore() throws Exception {
        for (String rig : List.of("cosign", "sigstore", "rekor1")) {
            Program.install(rig);
        }
        Files.createDirectories(lab);
        Path programs = lab.resolve("bin");
        if (!Files.isSymbolicLink(programs)) {
            Files.createSymbolicLink(programs, Program.lab().resolve("bin"));
        }
        run(SCRIPTS.resolve("down").toString(), "rekor1", "sigstore"); // what a test that was itself killed has left
        revive();
        run("bash", "-c", "eval \"$('" + SCRIPTS + "/env' sigstore rekor1)\"; env").lines().filter(line -> line.matches("LAB_[A-Z0-9_]+=.*"))
                .forEach(line -> places.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    }

    /// What the lab says about it.
    String lab(String name) {
        return Objects.requireNonNull(places.get(name), name);
    }

    /// A server's scheme, host and port.
    String address(Server server) {
        return lab(server.variable).replaceFirst("(://[^/]*)/.*", "$1");
    }

    /// Where a request for a server goes. Rekor v2 only writes the files that its log is read from: in front of it stands something that serves
    /// them below the log's own URL (rekor-tiles, README), as is done here.
    String route(Server server, String path) {
        String read = "/api/v2";
        return server == Server.SECOND_LOG && (path.startsWith(read + "/checkpoint") || path.startsWith(read + "/tile"))
                ? lab("LAB_REKOR_TILES_URL") + path.substring(read.length())
                : address(server) + path;
    }

    /// SIGKILL. Returns when the process is no more; nothing happens when it isn't there.
    void kill(Server server) {
        process(server).ifPresent(process -> {
            process.destroyForcibly();
            process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
        });
    }

    /// SIGSTOP: connections still come about, and nobody answers.
    void freeze(Server server) {
        signal("STOP", server);
    }

    /// SIGCONT: what was asked in the meantime is done now. Nothing happens when it isn't there.
    void thaw(Server server) {
        if (process(server).isPresent()) {
            signal("CONT", server);
        }
    }

    /// Starts what isn't running, and returns when it answers.
    void revive() throws Exception {
        run(SCRIPTS.resolve("up").toString(), "rekor1");
    }

    /// Ends all of it.
    void down() throws Exception {
        run(SCRIPTS.resolve("down").toString(), "rekor1", "sigstore");
    }

    private void signal(String signal, Server server) {
        ProcessHandle process = process(server).orElseThrow(() -> new IllegalStateException(server + " isn't there"));
        try {
            assertEquals(0, new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).inheritIO().start().waitFor());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Optional<ProcessHandle> process(Server server) {
        try {
            String line = Files.readString(lab.resolve("run").resolve(server.process + ".pid"));
            return ProcessHandle.of(Long.parseLong(line.substring(0, line.indexOf(' ')))).filter(ProcessHandle::isAlive);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String run(String... command) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true);
        builder.environment().putAll(Map.of("CHANCERY_LAB", lab.toString(), "CHANCERY_LAB_PORTS", PORTS));
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }
}
