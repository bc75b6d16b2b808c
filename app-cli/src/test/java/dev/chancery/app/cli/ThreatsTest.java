package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attacks on the program as a whole: rows of docs/threat-model.md.
class ThreatsTest {
    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);

    @BeforeEach
    void signed() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("artifact"), "some content\n");
        program.chancery("key", "generate", "a.key").succeeded();
        program.chancery("key", "export", "a.key", "-o", "a.pub").succeeded();
        program.chancery("sign", "artifact", "--key", "a.key", "--bundle", "m.json").succeeded();
    }

    /// The log's place is taken by a folder, so that no record can be written.
    @Test
    void aSignatureWhoseRecordCannotBeWrittenIsNotHandedOut() throws Exception {
        Files.createDirectory(folder.resolve("taken"));
        program.with("CHANCERY_AUDIT_LOG", folder.resolve("taken").toString());
        Run run = program.chancery("sign", "artifact", "--key", "a.key", "--bundle", "unrecorded.json");
        run.failed(6, "CHY-A001");
        assertFalse(Files.exists(folder.resolve("unrecorded.json")));
        program.chancery("sign", "artifact", "--key", "a.key", "--bundle", "-").failed(6, "CHY-A001");
        Files.writeString(folder.resolve("batch.jsonl"), "{\"artifact\":\"artifact\",\"bundle\":\"unrecorded.json\"}\n");
        Run batch = program.chancery("sign", "--batch", "batch.jsonl", "--key", "a.key");
        assertTrue(batch.out().contains("CHY-A001"), batch.out() + batch.err());
        assertFalse(Files.exists(folder.resolve("unrecorded.json")));
    }

    /// Nothing in the JDK opens a connection or resolves a name without one of these classes. (Its network library is loaded by reading a file,
    /// and then looks whether there is IPv6; that sends nothing.)
    @Test
    void verifyingWithAKeyOpensNoConnectionAndResolvesNoName() throws Exception {
        assertEquals(List.of(), networkClasses("verify", "artifact", "--key", "a.pub", "--bundle", "m.json"));
        assertTrue(networkClasses("tree", "oci://127.0.0.1:1/nobody/there").contains("sun.nio.ch.Net"), "the check sees a connection");
    }

    private List<String> networkClasses(String... arguments) throws Exception {
        Path trace = folder.resolve("classes");
        program.with("JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + trace).chancery(arguments);
        List<String> loaded = Files.readAllLines(trace).stream().map(line -> line.replaceFirst("^(\\[[^]]*\\])+ ", "").split(" ", 2)[0]).toList();
        assertTrue(loaded.contains("dev.chancery.app.cli.Main"), "nothing was watched");
        return loaded.stream().filter(Set.of("java.net.Socket", "java.net.SocketImpl", "java.net.DatagramSocket", "java.net.Inet4AddressImpl",
                "java.net.Inet6AddressImpl", "sun.nio.ch.Net", "sun.nio.ch.UnixDomainSockets")::contains).toList();
    }

    @Test
    void aStrictBatchRefusesALineThatSaysWhomToTrustAndTheCommandLineOutranksOneThatMay() throws Exception {
        program.chancery("key", "generate", "attacker.key").succeeded();
        program.chancery("key", "export", "attacker.key", "-o", "attacker.pub").succeeded();
        program.chancery("sign", "artifact", "--key", "attacker.key", "--bundle", "forged.json").succeeded();
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"1\",\"artifact\":\"artifact\",\"bundle\":\"forged.json\",\"key\":\"attacker.pub\"}\n");
        program.chancery("verify", "--batch", "batch.jsonl").succeeded();
        Run outranked = program.chancery("verify", "--batch", "batch.jsonl", "--key", "a.pub");
        outranked.rejected("CHY-V011");
        Run strict = program.chancery("verify", "--batch", "batch.jsonl", "--key", "a.pub", "--strict-batch");
        assertTrue(strict.out().contains("CHY-U008"), strict.out() + strict.err());
        assertFalse(strict.out().contains("accepted "), strict.out());
    }

    /// A result never goes through a link that stands in its place, not even when it may replace what is there.
    @Test
    void aLinkInTheResultsPlaceIsReplacedNotFollowed() throws Exception {
        Files.writeString(folder.resolve("victim"), "precious\n");
        Files.setPosixFilePermissions(folder.resolve("victim"), PosixFilePermissions.fromString("rw-------"));
        Files.createSymbolicLink(folder.resolve("link.json"), folder.resolve("victim"));
        program.chancery("sign", "artifact", "--key", "a.key", "--bundle", "link.json").failed(2, "CHY-U002");
        program.chancery("sign", "artifact", "--key", "a.key", "--bundle", "link.json", "--force").succeeded();
        assertEquals("precious\n", Files.readString(folder.resolve("victim")));
    }
}
