package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.tlog.FileAuditLog;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.audit.AuditReport;
import java.io.BufferedReader;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends a signing process without warning, over and over.
class KillTest {
    private static final int KILLS = 200;
    private static final int MOST_SIGNATURES = 6;
    private static final int MOST_NANOS = 4_000_000; // one signature with its record and its file takes about as long

    @TempDir
    Path folder = Path.of("unset");

    @Tag("interop") // for its length: 200 starts of a virtual machine
    @Test
    void killedAtAnyInstantTheAuditLogVerifiesAndCoversEveryBundleOnDisk() throws Exception {
        long seed = System.nanoTime();
        System.out.println("seed of the instants: " + seed);
        Random random = new Random(seed);
        Program program = new Program(folder);
        Files.writeString(folder.resolve("artifact"), "some content\n");
        program.chancery("key", "generate", "a.key", "--format", "pkcs8-plain").succeeded();
        for (int kill = 0; kill < KILLS; kill++) {
            killAtRandom(program, random);
            Set<Digest> recorded = recorded();
            for (Path bundle : bundles()) {
                assertTrue(recorded.contains(HashAlgorithm.SHA_256.digest(signature(bundle))), bundle + " after kill " + kill + ", seed " + seed);
            }
        }
        assertTrue(bundles().size() > KILLS, "there was something to lose: " + bundles().size() + " bundles");
        program.chancery("audit", "verify").succeeded();
    }

    private void killAtRandom(Program program, Random random) throws Exception {
        List<String> command = new ArrayList<>(Program.command());
        command.set(command.size() - 1, SigningLoop.class.getName());
        command.add(folder.toString());
        Process process = program.builder(command).redirectErrorStream(true).start();
        try (BufferedReader lines = process.inputReader()) {
            for (int done = random.nextInt(MOST_SIGNATURES); done >= 0; done--) {
                assertEquals("DONE", lines.readLine());
            }
            LockSupport.parkNanos(random.nextInt(MOST_NANOS)); // the random instant itself; nothing is waited for
            process.destroyForcibly().waitFor();
        }
    }

    private Set<Digest> recorded() throws Exception {
        Set<Digest> signatures = new HashSet<>();
        AuditReport report = FileAuditLog.at(folder.resolve("audit.log")).verify((index, event) -> {
            if (event instanceof AuditEvent.SignatureMade made) {
                signatures.add(made.signature());
            }
        });
        assertEquals(Optional.empty(), report.broken());
        return signatures;
    }

    private List<Path> bundles() throws Exception {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "b*.json")) {
            files.forEach(found::add);
        }
        return found;
    }

    private static Bytes signature(Path bundle) throws Exception {
        Bytes json = Bytes.copyOf(Files.readAllBytes(bundle));
        assertNotNull(json);
        return BundleCodec.read(json).content() instanceof SigstoreBundle.Content.MessageSignature message
                ? message.signature()
                : Bytes.empty();
    }
}
