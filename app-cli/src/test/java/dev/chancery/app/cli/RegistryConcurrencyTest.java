package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two processes with nothing shared sign the same artifact at once, again and again: in real registries of the lab.
@Tag("interop")
class RegistryConcurrencyTest {
    private static final int TIMES = Integer.getInteger("chancery.concurrent.signatures", 100);

    @TempDir
    Path folder = Path.of("unset");

    /// How many signatures the writers were told are stored, and how many are listed.
    private record Count(int reported, long listed) {}

    private Count signTwice(String host) throws Exception {
        Program program = new Program(folder);
        Program.install("registries");
        Process up = new ProcessBuilder(Path.of(System.getProperty("chancery.root"), "lab", "up").toString(), "registries").inheritIO().start();
        assertEquals(0, up.waitFor());
        program.chancery("key", "generate", "a.key").succeeded();
        program.chancery("key", "export", "a.key", "-o", "a.pub").succeeded();
        Files.writeString(folder.resolve("file"), "signed at once " + System.nanoTime());
        String reference = "oci://" + host + "/concurrent/app:" + System.nanoTime();
        program.chancery("push", "file", reference).succeeded();
        List<Process> running = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            List<String> command = new ArrayList<>(Program.command(reference, "a.key", Integer.toString(TIMES)));
            command.set(command.indexOf("dev.chancery.app.cli.Main"), ReferenceSigningLoop.class.getName());
            running.add(new Program(folder).with("CHANCERY_AUDIT_LOG", folder.resolve("audit" + i).toString()).builder(command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start());
        }
        int reported = 0;
        for (Process each : running) {
            reported += reported(each);
        }
        Program.Run tree = program.chancery("tree", reference);
        tree.succeeded();
        return new Count(reported, tree.out().lines().filter(line -> line.startsWith("  referrer ")).count());
    }

    private static int reported(Process process) throws IOException, InterruptedException {
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertEquals(0, process.waitFor());
        return Integer.parseInt(said);
    }

    @Test
    void withTheReferrersApiNoSignatureIsLost() throws Exception {
        assertEquals(new Count(2 * TIMES, 2L * TIMES), signTwice("127.0.0.1:23021"));
    }

    /// Without the API there is no compare-and-swap. Whoever was told that a signature is stored finds it there.
    @Test
    void withTheListUnderATagEveryReportedSignatureIsThere() throws Exception {
        Count count = signTwice("127.0.0.1:23020");
        Files.writeString(Path.of("target", "registry-concurrency.txt"), count + System.lineSeparator());
        assertEquals(count.reported(), count.listed());
    }
}
