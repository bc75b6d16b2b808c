package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A network HSM: a SoftHSM2 token behind p11-kit's server, which forks a process for each connection. These can be ended (cut) and
/// stopped (frozen).
///
/// `P11_KIT_SERVER_ADDRESS` is set by the build. What is missing is installed by `lab/install p11kit`.
final class P11Kit {
    static final String LABEL = "remote";

    private static final Path SOCKET = Path.of(SoftHsm.variable("P11_KIT_SERVER_ADDRESS").replaceFirst("^unix:path=", ""));
    private static @Nullable Process server;

    private P11Kit() {}

    static Path module() {
        return Path.of("/usr/lib/" + System.getProperty("os.arch").replace("amd64", "x86_64") + "-linux-gnu/pkcs11/p11-kit-client.so");
    }

    /// Starts the server unless it runs. It ends with this process.
    static synchronized SoftHsm start() throws IOException {
        SoftHsm token = SoftHsm.token(LABEL);
        if (!Files.exists(module())) {
            SoftHsm.labInstall("p11kit");
        }
        if (server == null || !server.isAlive()) {
            Path folder = java.util.Objects.requireNonNull(SOCKET.getParent());
            SoftHsm.deleteAll(folder);
            Files.createDirectories(folder);
            Process started = new ProcessBuilder("p11-kit", "server", "--foreground", "--name", SOCKET.toString(), "--provider",
                    "/usr/lib/softhsm/libsofthsm2.so", "pkcs11:token=" + LABEL).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> processes(started).forEach(ProcessHandle::destroyForcibly)));
            BufferedReader said = started.inputReader(StandardCharsets.UTF_8);
            String line = said.readLine();
            while (line != null && !line.contains("P11_KIT_SERVER_ADDRESS")) {
                line = said.readLine(); // it says its address when it listens
            }
            server = started;
        }
        return token;
    }

    private static Stream<ProcessHandle> processes(Process process) {
        return Stream.concat(process.children(), Stream.of(process.toHandle()));
    }

    /// Ends the connections that are open; new ones are served.
    static void cut() {
        java.util.Objects.requireNonNull(server).children().forEach(ProcessHandle::destroyForcibly);
    }

    /// Calls and new connections hang until the result is closed.
    static AutoCloseable freeze() throws IOException {
        List<ProcessHandle> frozen = processes(java.util.Objects.requireNonNull(server)).toList();
        signal("-STOP", frozen);
        return () -> signal("-CONT", frozen.stream().filter(ProcessHandle::isAlive).toList());
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", name));
        processes.forEach(each -> command.add(Long.toString(each.pid())));
        SoftHsm.run(command.toArray(String[]::new));
    }

    static KeyRef ref(String name) throws KeyRefException {
        return KeyRef.parse("pkcs11:token=" + LABEL + ";object=" + name + "?module-path=" + module());
    }
}
