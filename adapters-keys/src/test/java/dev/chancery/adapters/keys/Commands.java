package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Runs other programs that tests compare with.
public final class Commands {
    private Commands() {}

    /// Runs a program that has to succeed.
    ///
    /// @return what it printed, errors included
    public static String run(Path folder, String input, String... command) throws IOException, InterruptedException {
        return run(folder, Map.of(), input, command);
    }

    /// The same, with variables in its environment.
    public static String run(Path folder, Map<String, String> environment, String input, String... command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        try (OutputStream stdin = process.getOutputStream()) {
            stdin.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It didn't read its input; what it says instead is looked at below.
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> String.join(" ", List.of(command)) + " does not end");
        assertEquals(0, process.exitValue(), () -> String.join(" ", List.of(command)) + "\n" + output);
        return output;
    }
}
