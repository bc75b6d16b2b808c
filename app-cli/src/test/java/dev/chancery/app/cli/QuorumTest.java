package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several hands on one artifact, from the command line.
class QuorumTest {
    private static final String SIGN_TYPE = "https://sigstore.dev/cosign/sign/v1";

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeEach
    void makeKeys() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("app"), "some content\n");
        key("ann", "p256");
        key("bob", "ml-dsa-65");
    }

    private void key(String name, String type) throws Exception {
        program.chancery("key", "generate", name + ".key", "--type", type).succeeded();
        program.chancery("key", "export", name + ".key", "-o", name + ".pub").succeeded();
    }

    private byte[] bytes(String file) throws Exception {
        return Files.readAllBytes(folder.resolve(file));
    }

    @Test
    void whatSeveralKeysSignComesApartAndGoesTogetherAgainAsTheSameBytes() throws Exception {
        key("cem", "ed25519");
        program.chancery("sign", "app", "--key", "ann.key", "--key", "bob.key").succeeded();
        program.chancery("sign", "app", "--key", "cem.key", "--into", "app.quorum.json").succeeded();
        Program.Run split = program.chancery("bundle", "split", "app.quorum.json");
        split.succeeded();
        assertEquals("bundle app.1.sigstore.json\nbundle app.2.sigstore.json\nbundle app.3.sigstore.json\n", split.out());
        for (List<String> order : List.of(List.of("1", "2", "3"), List.of("3", "1", "2", "1"))) {
            program.run(Program.command(java.util.stream.Stream.concat(java.util.stream.Stream.of("bundle", "merge", "--force", "--bundle", "again.json"),
                    order.stream().map(number -> "app." + number + ".sigstore.json")).toArray(String[]::new))).succeeded();
            org.junit.jupiter.api.Assertions.assertArrayEquals(bytes("app.quorum.json"), bytes("again.json"));
        }
        Program.Run inspected = program.chancery("bundle", "inspect", "app.quorum.json");
        assertTrue(inspected.out().contains("  members: 3\n") && inspected.out().contains("predicate type: " + SIGN_TYPE), inspected.out());
        Program.Run envelope = program.chancery("bundle", "envelope", "app.quorum.json", "--envelope", "-");
        assertEquals(3, envelope.out().split("\"sig\":", -1).length - 1, envelope.out());
        int good = 0;
        for (int i = 1; i <= 3; i++) {
            for (String name : List.of("ann", "bob", "cem")) {
                good += program.chancery("verify", "app", "--key", name + ".pub", "--bundle", "app." + i + ".sigstore.json").status() == 0 ? 1 : 0;
            }
        }
        assertEquals(3, good);
    }

    @Test
    void besideAnArtifactAQuorumIsAsManyReferrersAndOnlyOfWhatItIsAbout() throws Exception {
        program.chancery("push", "app", "oci-layout:store:1").succeeded();
        program.chancery("sign", "app", "--key", "ann.key", "--key", "bob.key").succeeded();
        program.chancery("bundle", "attach", "app.quorum.json", "oci-layout:store:1").failed(2, "CHY-Q024");
        program.chancery("sign", "oci-layout:store:1", "--key", "ann.key", "--key", "ann.key").failed(2, "CHY-Q006");
        program.chancery("sign", "oci-layout:store:1", "--key", "bob.key", "--into", "app.quorum.json").failed(2, "CHY-U001");
        program.chancery("sign", "oci-layout:store:1", "--key", "ann.key", "--key", "bob.key", "--recursive").failed(2, "CHY-U001");
        assertEquals(1, program.chancery("tree", "oci-layout:store:1").out().lines().count(), "nothing was stored");
        program.chancery("sign", "oci-layout:store:1", "--key", "ann.key", "--key", "bob.key").succeeded();
        for (String name : List.of("ann", "bob")) {
            program.chancery("verify", "oci-layout:store:1", "--key", name + ".pub").succeeded();
        }
        assertEquals(3, program.chancery("tree", "oci-layout:store:1").out().lines().count());
        program.chancery("bundle", "attach", "app.quorum.json", "oci-layout:store:2").failed(5, "CHY-R009");
        program.chancery("bundle", "attach", "app.quorum.json").failed(2, "CHY-U001");
        program.chancery("bundle", "attach", "app.quorum.json", "app").failed(2, "CHY-R001");
    }

    @Test
    void aKeySignsOnlyOnceAndOnlyWhatTheOthersHaveSigned() throws Exception {
        program.chancery("sign", "app", "--key", "ann.key", "--key", "ann.key").failed(2, "CHY-Q006");
        program.chancery("sign", "app", "--key", "ann.key", "--into", "nothing.json").failed(6, "CHY-I001");
        program.chancery("sign", "app", "--key", "ann.key").succeeded();
        program.chancery("sign", "app", "--key", "bob.key", "--into", "app.sigstore.json").failed(2, "CHY-Q002");
        Files.writeString(folder.resolve("other"), "other content\n");
        program.chancery("sign", "app", "--key", "ann.key", "--key", "bob.key").succeeded();
        byte[] before = bytes("app.quorum.json");
        program.chancery("sign", "other", "--key", "bob.key", "--into", "app.quorum.json").failed(2, "CHY-Q001");
        program.chancery("sign", "app", "--key", "bob.key", "--into", "app.quorum.json").failed(2, "CHY-Q006");
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, bytes("app.quorum.json"));
        program.chancery("sign", "other", "--key", "ann.key", "--key", "bob.key").succeeded();
        program.chancery("bundle", "merge", "app.quorum.json", "other.quorum.json", "--bundle", "both.json").failed(2, "CHY-Q001");
        program.chancery("sign", "app", "--key", "ann.key", "--key", "bob.key", "--signing-config", "c.json").failed(2, "CHY-U001");
    }

    @Test
    void aPolicyCountsTheMembersOfAQuorumAndSaysWhoIsMissing() throws Exception {
        key("cem", "p256");
        StringBuilder policy = new StringBuilder("policy: chancery.dev/v1\nsigners:\n");
        for (String name : List.of("ann", "bob", "cem")) {
            policy.append("  ").append(name).append(":\n    key: |\n").append(Files.readString(folder.resolve(name + ".pub")).indent(6));
        }
        policy.append("roles:\n  classical: {threshold: 1, signers: [ann, cem]}\n  post-quantum: {threshold: 1, signers: [bob], algorithms: [ml-dsa-65]}\n")
                .append("require:\n  - signatureBy: classical\n  - signatureBy: post-quantum\n");
        Files.writeString(folder.resolve("policy.yaml"), policy);
        program.chancery("sign", "app", "--key", "ann.key", "--key", "cem.key").succeeded();
        Program.Run run = program.chancery("verify", "app", "--bundle", "app.quorum.json", "--policy", "policy.yaml");
        run.rejected("CHY-V068");
        assertTrue(run.out().contains("expected signatures of post-quantum by 1 of [bob], found none"), run.out());
        program.chancery("sign", "app", "--key", "bob.key", "--into", "app.quorum.json").succeeded();
        program.chancery("verify", "app", "--bundle", "app.quorum.json", "--policy", "policy.yaml").succeeded();
        program.chancery("verify", "app", "--bundle", "app.quorum.json", "--key", "cem.pub").succeeded();
        program.chancery("verify", "app", "--bundle", "app.quorum.json", "--bundle", "app.quorum.json", "--policy", "policy.yaml", "--output", "json").succeeded();
    }

    @Test
    @Tag("interop")
    void cosignVerifiesTheClassicalMemberOfAHybrid() throws Exception {
        Program.install("cosign");
        program.chancery("sign", "app", "--key", "bob.key", "--key", "ann.key").succeeded();
        program.chancery("bundle", "split", "app.quorum.json").succeeded();
        int good = 0;
        for (int i = 1; i <= 2; i++) {
            good += program.cosign("verify-blob-attestation", "--key", "ann.pub", "--bundle", "app." + i + ".sigstore.json", "--insecure-ignore-tlog",
                    "--type", SIGN_TYPE, "app").status() == 0 ? 1 : 0;
        }
        assertEquals(1, good);
    }
}
