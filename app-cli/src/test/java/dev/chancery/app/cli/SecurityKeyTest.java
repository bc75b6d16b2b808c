package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Officers whose security key the program asks itself: the lab's FIDO2 key in a virtual card reader. Its PIN is set by python-fido2.
@Tag("interop")
class SecurityKeyTest {
    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeAll
    static void install() throws Exception {
        SecurityKeyRig.install();
    }

    @AfterAll
    static void end() throws Exception {
        SecurityKeyRig.end();
    }

    @BeforeEach
    void connect() throws Exception {
        program = new Program(folder).with("CHANCERY_PIN", SecurityKeyRig.PIN);
        SecurityKeyRig.another();
        Files.writeString(folder.resolve("app"), "some content\n");
    }

    private void enrol(String name, String type, String more) throws Exception {
        program.chancery("key", "generate", "fido2:sign.example.com?file=" + name + ".json&name=" + name + more, "--type", type).succeeded();
        program.chancery("key", "export", "fido2:?file=" + name + ".json", "-o", name + ".pub").succeeded();
    }

    private String request(String... officers) throws Exception {
        StringBuilder policy = new StringBuilder("policy: chancery.dev/v1\nsigners:\n");
        for (String officer : officers) {
            policy.append("  ").append(officer).append(":\n    securityKey:\n      rpId: sign.example.com\n      key: |\n")
                    .append(Files.readString(folder.resolve(officer + ".pub")).indent(8));
        }
        policy.append("roles:\n  officers: {threshold: ").append(officers.length).append(", signers: [").append(String.join(", ", officers))
                .append("]}\nrequire:\n  - signatureBy: officers\n");
        Files.writeString(folder.resolve("policy.yaml"), policy);
        Program.Run created = program.chancery("request", "create", "app", "--policy", "policy.yaml", "--requester", "ada", "--out", "req.json");
        created.succeeded();
        return created.out().lines().filter(line -> line.startsWith("code ")).findFirst().orElseThrow().substring(8);
    }

    private List<String> approving(String key, String code) {
        return Program.command("request", "approve", "req.json", "--key", key, "--code", code, "--policy", "policy.yaml", "--out", "answer.json");
    }

    private Program.Run approve(String key, String code, String out) throws Exception {
        return program.chancery("request", "approve", "req.json", "--key", key, "--code", code, "--policy", "policy.yaml", "--out", out);
    }

    @Test
    void officersWithRememberedAndOtherCredentialsApproveAndThePolicyCountsThem() throws Exception {
        enrol("cem", "p256", "");
        enrol("dee", "ed25519", "&resident=yes");
        Program.Run listed = program.chancery("key", "list", "fido2:");
        listed.succeeded();
        assertTrue(listed.out().contains("aaguid") && listed.out().contains("Ed25519") && !listed.out().contains("P-256"), "only what it remembers: " + listed.out());
        Program.Run evidence = program.chancery("key", "evidence", "fido2:?file=cem.json");
        evidence.succeeded();
        assertTrue(evidence.out().contains("attestation: webauthn packed"), evidence.out());
        assertTrue(evidence.out().contains("attestation  packed: verified, by the credential itself, which proves no model"), evidence.out());
        assertTrue(program.chancery("doctor", "fido2:").out().contains("8 tries are left for its PIN"));
        String code = request("cem", "dee");
        approve("fido2:?file=cem.json", code, "cem.answer").succeeded();
        approve("fido2:sign.example.com", code, "dee.answer").succeeded();
        program.chancery("request", "assemble", "req.json", "cem.answer", "dee.answer", "--policy", "policy.yaml", "--bundle", "q.json").succeeded();
        Program.Run verified = program.chancery("verify", "app", "--bundle", "q.json", "--policy", "policy.yaml");
        verified.succeeded();
        assertTrue(verified.out().contains("found [cem, dee]"), verified.out());
    }

    @Test
    void whatGoesWrongAtTheSecurityKeyHasItsCodeAndNothingIsWritten() throws Exception {
        enrol("cem", "p256", "");
        String code = request("cem");
        SecurityKeyRig.say("touch", "deny");
        approve("fido2:?file=cem.json", code, "answer.json").failed(4, "CHY-K093");
        SecurityKeyRig.say("touch", "no");
        approve("fido2:?file=cem.json", code, "answer.json").failed(4, "CHY-K094");
        Process waiting = program.builder(approving("fido2:?file=cem.json", code)).start();
        try (BufferedReader err = waiting.errorReader(StandardCharsets.UTF_8)) {
            String line = err.readLine();
            assertTrue(line != null && line.startsWith("touch the security key at pcsc:Lab FIDO2"), line);
            SecurityKeyRig.say("remove");
            assertTrue(err.lines().anyMatch(said -> said.startsWith("error: CHY-K097")));
        }
        assertEquals(4, waiting.waitFor());
        approve("fido2:?file=cem.json", code, "answer.json").failed(4, "CHY-K099");
        SecurityKeyRig.another();
        approve("fido2:?file=cem.json", code, "answer.json").failed(4, "CHY-K098");
        assertFalse(Files.exists(folder.resolve("answer.json")));
    }

    @Test
    void wrongPinsAreCountedAndThenBlocked() throws Exception {
        enrol("cem", "p256", "");
        String code = request("cem");
        program.with("CHANCERY_PIN", "000000");
        for (int left = 7; left > 5; left--) {
            Program.Run wrong = approve("fido2:?file=cem.json", code, "answer.json");
            wrong.failed(4, "CHY-K095");
            assertTrue(wrong.err().contains(left + " tries are left"), wrong.err());
            assertFalse(wrong.err().contains("000000"));
        }
        approve("fido2:?file=cem.json", code, "answer.json").failed(4, "CHY-K096");
        assertFalse(Files.exists(folder.resolve("answer.json")));
    }
}
