package dev.chancery.adapters.kms.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;

/// The lab's rig `kms`: OpenBao and an emulator of AWS KMS on loopback. Installs and starts it when it isn't up; it stays up.
public final class KeyServiceLab {
    private static final Path ROOT = Path.of(Objects.requireNonNull(System.getProperty("chancery.root"), "chancery.root"));

    private static final ConcurrentMap<String, String> TOLD = new ConcurrentHashMap<>();

    private KeyServiceLab() {}

    /// What `lab/env kms` sets: addresses, credentials, names of keys.
    public static Map<String, String> environment() {
        return Up.ENVIRONMENT;
    }

    /// What another tool says when asked by a command line of the shell; asked once for all tests.
    public static String told(String script, String... arguments) {
        Objects.requireNonNull(environment());
        return TOLD.computeIfAbsent(script + List.of(arguments), _ -> run(ROOT, script, arguments));
    }

    /// Runs a command line of the shell in the rig's environment and gives what it printed.
    ///
    /// @throws AssertionError when it fails, with its words
    public static String run(Path folder, String script, String... arguments) {
        try {
            Path output = Files.createTempFile("lab", ".out");
            try {
                List<String> command = new ArrayList<>(List.of("bash", "-euc",
                        "eval \"$('" + ROOT + "/lab/env' kms)\"; " + script, "lab"));
                command.addAll(List.of(arguments));
                Process process = new ProcessBuilder(command).directory(folder.toFile())
                        .redirectErrorStream(true).redirectOutput(output.toFile()).start();
                process.getOutputStream().close();
                boolean ended = process.waitFor(10, TimeUnit.MINUTES);
                String text = Files.readString(output, StandardCharsets.UTF_8);
                if (!ended || process.exitValue() != 0) {
                    process.destroyForcibly();
                    throw new AssertionError(script + " failed: " + text);
                }
                return text;
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }

    private static final class Up {
        private static final Map<String, String> ENVIRONMENT = start();

        private static Map<String, String> start() {
            run(ROOT, "lab/install kms >/dev/null; lab/up kms >/dev/null");
            Map<String, String> environment = new HashMap<>();
            run(ROOT, "env").lines().filter(line -> line.matches("(VAULT|AWS|LAB)_[A-Z_]+=.*")).forEach(line ->
                    environment.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            return environment;
        }
    }
}
