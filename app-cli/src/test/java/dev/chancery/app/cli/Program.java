package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Runs the program, and others, as processes in a folder, as users do.
final class Program {
    /// Of all key files that tests make: made up.
    static final String PASSPHRASE = "test passphrase, é";

    private final Path folder;
    private final Map<String, String> environment = new TreeMap<>();

    Program(Path folder) {
        this.folder = folder;
        environment.putAll(Map.of("CHANCERY_AUDIT_LOG", folder.resolve("audit.log").toString(),
                "CHANCERY_PASSPHRASE", PASSPHRASE, "COSIGN_PASSWORD", PASSPHRASE, "LC_ALL", "C.UTF-8"));
    }

    /// How a process ended and what it said.
    record Run(int status, String out, String err) {
        void succeeded() {
            assertEquals(0, status, () -> out + err);
        }

        void rejected(String code) {
            assertEquals(1, status, () -> out + err);
            assertTrue(out.contains(code), () -> out + err);
        }

        /// A batch with lines that failed in one way.
        void failedItems(String code) {
            assertEquals(4, status, () -> out + err);
            assertTrue(out.lines().filter(line -> line.startsWith("failed ")).allMatch(line -> line.contains(": " + code + ": ")), out);
        }

        void failed(int expectedStatus, String code) {
            assertEquals(expectedStatus, status, () -> out + err);
            assertTrue(err.contains("error: " + code + ":"), () -> out + err);
            assertFalse((out + err).contains(PASSPHRASE));
        }
    }

    /// Sets a variable for the processes to come.
    Program with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /// What a variable was set to with [#with].
    String variable(String name) {
        return environment.getOrDefault(name, "");
    }

    /// The lab's folder.
    static Path lab() {
        return Path.of(System.getenv().getOrDefault("CHANCERY_LAB", System.getProperty("user.home") + "/.cache/chancery-lab"));
    }

    /// Has the lab install what is missing.
    static void install(String rig) throws Exception {
        Process process = new ProcessBuilder(Path.of(System.getProperty("chancery.root"), "lab", "install").toString(), rig)
                .redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
    }

    /// The command line of the program.
    static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED",
                "-cp", System.getProperty("java.class.path"), "dev.chancery.app.cli.Main"));
        command.addAll(List.of(arguments));
        return command;
    }

    Run chancery(String... arguments) throws Exception {
        return run(command(arguments));
    }

    Run cosign(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(lab().resolve("bin/cosign").toString()));
        command.addAll(List.of(arguments));
        return run(command);
    }

    Run run(List<String> command) throws IOException, InterruptedException {
        Path err = Files.createTempFile("chancery-test", ".err");
        try {
            Process process = builder(command).redirectError(err.toFile()).start();
            process.getOutputStream().close();
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /// A process that the caller starts and ends.
    ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
        builder.environment().putAll(environment);
        return builder;
    }
}
