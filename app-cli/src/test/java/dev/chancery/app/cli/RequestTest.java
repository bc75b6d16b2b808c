package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Signing requests, from the command line.
class RequestTest {
    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeEach
    void makeKeys() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("app"), "some content\n");
        StringBuilder policy = new StringBuilder("policy: chancery.dev/v1\nsigners:\n");
        for (String name : List.of("ann", "bob")) {
            key(name);
            policy.append("  ").append(name).append(":\n    key: |\n").append(Files.readString(folder.resolve(name + ".pub")).indent(6));
        }
        policy.append("roles:\n  officers: {threshold: 2, signers: [ann, bob]}\nrequire:\n  - signatureBy: officers\n");
        Files.writeString(folder.resolve("policy.yaml"), policy);
    }

    private void key(String name) throws Exception {
        program.chancery("key", "generate", name + ".key", "--type", "p256").succeeded();
        program.chancery("key", "export", name + ".key", "-o", name + ".pub").succeeded();
    }

    private String create(String... more) throws Exception {
        Program.Run run = program.chancery(Stream.concat(List.of("request", "create", "app", "--policy", "policy.yaml", "--requester", "ada", "--out",
                "req.json", "--force").stream(), List.of(more).stream()).toArray(String[]::new));
        run.succeeded();
        return run.out().lines().filter(line -> line.startsWith("code ")).map(line -> line.substring(8)).findFirst().orElseThrow();
    }

    private Program.Run approve(String officer, String code, String... more) throws Exception {
        return program.chancery(Stream.concat(List.of("request", "approve", "req.json", "--key", officer + ".key", "--code", code, "--out",
                officer + ".json", "--force").stream(), List.of(more).stream()).toArray(String[]::new));
    }

    @Test
    void twoOfficersApproveWhatWasShownAndTheQuorumIsAccepted() throws Exception {
        key("ada");
        String code = create("--key", "ada.key");
        Program.Run shown = program.chancery("request", "show", "req.json", "--requester-key", "ada.pub");
        shown.succeeded();
        for (String part : List.of("code      " + code, "requester ada (signed by key ", "artifact  app\n", "13 bytes, as the requester read it", "(in 47 hours)",
                "policy    policy.yaml (sha256:", "type      https://sigstore.dev/cosign/sign/v1\n")) {
            assertTrue(shown.out().contains(part), part + " in " + shown.out());
        }
        approve("ann", code, "--policy", "policy.yaml", "--artifact", "app", "--requester-key", "ada.pub").succeeded();
        Program.Run short1 = program.chancery("request", "assemble", "req.json", "ann.json", "--policy", "policy.yaml", "--bundle", "q.json");
        short1.rejected("CHY-Q003");
        assertTrue(short1.out().contains("missing: 1 of [bob]"), short1.out());
        assertFalse(Files.exists(folder.resolve("q.json")));
        approve("bob", code).succeeded();
        Files.writeString(folder.resolve("junk.json"), "{");
        program.chancery("request", "assemble", "req.json", "junk.json", "bob.json", "ann.json", "--policy", "policy.yaml", "--bundle", "q.json").succeeded();
        program.chancery("verify", "app", "--bundle", "q.json", "--policy", "policy.yaml").succeeded();
        program.chancery("audit", "show").succeeded();
    }

    @Test
    void whatIsInALayoutIsRequestedByItsManifestAndTheOfficerHoldsAnOwnCopyAgainstIt() throws Exception {
        program.chancery("push", "app", "oci-layout:store:1").succeeded();
        program.chancery("copy", "oci-layout:store:1", "oci-archive:copy.tar").succeeded();
        program.chancery("push", "policy.yaml", "oci-layout:other:1").succeeded();
        Program.Run created = program.chancery("request", "create", "oci-layout:store:1", "--policy", "policy.yaml", "--requester", "ada", "-o", "req.json");
        created.succeeded();
        String code = created.out().lines().filter(line -> line.startsWith("code ")).map(line -> line.substring(8)).findFirst().orElseThrow();
        approve("ann", code, "--artifact", "oci-layout:other:1").failed(1, "CHY-Q019");
        approve("ann", code, "--artifact", "oci://registry.invalid/app:1").failed(2, "CHY-U001");
        assertFalse(Files.exists(folder.resolve("ann.json")));
        approve("ann", code, "--artifact", "oci-archive:copy.tar:1").succeeded();
        approve("bob", code).succeeded();
        program.chancery("request", "assemble", "req.json", "ann.json", "bob.json", "--policy", "policy.yaml", "-o", "q.json").succeeded();
        program.chancery("verify", "oci-layout:store:1", "--policy", "policy.yaml").rejected("CHY-V068");
        program.chancery("bundle", "attach", "q.json", "oci-layout:store:1").succeeded();
        program.chancery("verify", "oci-layout:store:1", "--policy", "policy.yaml").succeeded();
        program.chancery("request", "create", "oci-layout:nothing:1", "--policy", "policy.yaml", "--out", "r.json").failed(6, "CHY-R017");
    }

    @Test
    void whateverAnOfficerWouldNotMeanIsRefusedAndNothingIsWritten() throws Exception {
        String code = create();
        Files.writeString(folder.resolve("other"), "other content\n");
        Files.writeString(folder.resolve("stricter.yaml"), Files.readString(folder.resolve("policy.yaml")) + "# changed\n");
        approve("ann", "0000-0000-0000-0000").failed(1, "CHY-Q018");
        approve("ann", code, "--artifact", "other").failed(1, "CHY-Q019");
        approve("ann", code, "--policy", "stricter.yaml").failed(1, "CHY-Q008");
        approve("ann", code, "--requester-key", "ann.pub").failed(1, "CHY-Q017");
        key("eve");
        approve("eve", code, "--policy", "policy.yaml").failed(1, "CHY-Q013");
        program.chancery("request", "approve", "req.json", "--key", "ann.key", "--out", "ann.json").failed(2, "CHY-Q020");
        String text = Files.readString(folder.resolve("req.json"));
        Files.writeString(folder.resolve("req.json"), text.replaceAll("\"(created|expires)\":\"\\d+", "\"$1\":\"2025"));
        String stale = program.chancery("request", "show", "req.json").out().lines().filter(line -> line.startsWith("code ")).findFirst().orElseThrow().substring(10);
        approve("ann", stale).failed(1, "CHY-Q009");
        assertFalse(Files.exists(folder.resolve("ann.json")) || Files.exists(folder.resolve("eve.json")));
    }

    @Test
    void aRequestThatNobodyShouldMakeIsRefused() throws Exception {
        Files.writeString(folder.resolve("p.json"), "{}");
        program.chancery("request", "create", "app", "--policy", "policy.yaml", "--predicate", "p.json", "--predicate-type", "https://example.com/t", "--out", "r.json")
                .failed(2, "CHY-Q021");
        program.chancery("request", "create", "app", "--policy", "policy.yaml", "--expires", "91d", "--out", "r.json").failed(2, "CHY-Q022");
        program.chancery("request", "create", "app", "--policy", "policy.yaml", "--expires", "soon", "--out", "r.json").failed(2, "CHY-Q022");
        assertFalse(Files.exists(folder.resolve("r.json")));
    }

    /// The name's first letter is Cyrillic, and a character that turns the writing direction stands in it.
    @Test
    void whatCanNotBeSeenIsShown() throws Exception {
        create();
        Path file = folder.resolve("req.json");
        Files.writeString(file, Files.readString(file).replace("\"requester\":\"ada\"", "\"requester\":\"\\u0430d\\u202Ea\""));
        Program.Run shown = program.chancery("request", "show", "req.json");
        assertTrue(shown.out().contains("d<U+202E>a (unsigned, requester claimed)"), shown.out());
        assertTrue(shown.out().contains("look closely: not ASCII: U+0430 CYRILLIC SMALL LETTER A, U+202E RIGHT-TO-LEFT OVERRIDE"), shown.out());
        assertEquals(0, program.chancery("request", "show", "req.json", "--output", "json").status());
    }
}
