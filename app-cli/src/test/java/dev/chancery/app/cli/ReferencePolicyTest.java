package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs the commands for references with policies as processes, over a layout in a folder.
class ReferencePolicyTest {
    private static final String REFERENCE = "oci-layout:store:1";

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeEach
    void files() throws Exception {
        program = new Program(folder);
        for (String name : new String[] {"ada", "grace"}) {
            program.chancery("key", "generate", name + ".key").succeeded();
            program.chancery("key", "export", name + ".key", "-o", name + ".pub").succeeded();
        }
        Files.writeString(folder.resolve("app.txt"), "the application");
        program.chancery("push", "app.txt", REFERENCE, "--sign", "--key", "ada.key").succeeded();
        policy("one.yaml", 1);
        policy("both.yaml", 2);
    }

    private void policy(String name, int threshold) throws Exception {
        Files.writeString(folder.resolve(name), """
                policy: chancery.dev/v1
                signers:
                  ada:
                    key: |
                ADA  grace:
                    key: |
                GRACEroles:
                  release: {threshold: THRESHOLD, signers: [ada, grace]}
                require:
                  - signatureBy: release
                """.replace("ADA", Files.readString(folder.resolve("ada.pub")).indent(6)).replace("GRACE", Files.readString(folder.resolve("grace.pub")).indent(6))
                .replace("THRESHOLD", Integer.toString(threshold)));
    }

    @Test
    void twoSignersMeetATwoOfTwoPolicyAtEveryCommand() throws Exception {
        program.chancery("verify", REFERENCE, "--policy", "both.yaml").rejected("CHY-V068");
        Run refused = program.chancery("pull", REFERENCE, "--policy", "both.yaml", "-o", "out");
        refused.rejected("CHY-V068");
        assertFalse(Files.exists(folder.resolve("out")));
        program.chancery("copy", REFERENCE, "oci-archive:copy.tar", "--verify-policy", "both.yaml").rejected("CHY-V068");
        assertFalse(Files.exists(folder.resolve("copy.tar")));
        program.chancery("sign", REFERENCE, "--key", "grace.key").succeeded();
        Run accepted = program.chancery("verify", REFERENCE, "--policy", "both.yaml");
        accepted.succeeded();
        assertTrue(accepted.out().contains("expected signatures of release by 2 of [ada, grace], found [ada, grace]"), accepted.out());
        program.chancery("pull", REFERENCE, "--policy", "both.yaml", "-o", "out").succeeded();
        assertEquals("the application", Files.readString(folder.resolve("out/app.txt")));
        program.chancery("copy", REFERENCE, "oci-archive:copy.tar", "--verify-policy", "both.yaml").succeeded();
        program.chancery("verify", "oci-archive:copy.tar:1", "--policy", "both.yaml", "--output", "json").succeeded();
    }

    @Test
    void theSitesFloorIsMetBesideAKeyAndBesideAPolicyAndInABatch() throws Exception {
        program.with("CHANCERY_SITE_POLICY", "both.yaml");
        program.chancery("verify", REFERENCE, "--key", "ada.pub").rejected("CHY-V068");
        program.chancery("pull", REFERENCE, "--policy", "one.yaml").rejected("CHY-V068");
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"" + REFERENCE + "\",\"key\":\"ada.pub\"}\n");
        program.chancery("verify", "--batch", "batch.jsonl").rejected("CHY-V068");
        program.chancery("sign", REFERENCE, "--key", "grace.key").succeeded();
        program.chancery("verify", REFERENCE, "--key", "ada.pub").succeeded();
        Run both = program.chancery("verify", REFERENCE, "--key", "ada.pub", "--output", "json");
        assertTrue(both.out().contains("\"policies\":[{\"origin\":\"both.yaml\"") && both.out().contains("\"byTrust\":[{"), both.out());
        program.chancery("verify", "--batch", "batch.jsonl").succeeded();
    }

    @Test
    void theAnswerIsAsItsSchemaSays() throws Exception {
        JsonValue schema = StrictJson.parse(Bytes.copyOf(Files.readAllBytes(Path.of("../docs/schemas/reference-result.schema.json"))), 1 << 20);
        for (String[] trust : new String[][] {{"--key", "ada.pub"}, {"--key", "grace.pub"}, {"--policy", "one.yaml"}, {"--policy", "both.yaml"}}) {
            Run run = program.chancery("verify", REFERENCE, trust[0], trust[1], "--output", "json");
            assertEquals(List.of(), SchemaCheck.faults(schema, StrictJson.parse(Bytes.ofUtf8(run.out().strip()), 1 << 20)));
        }
        Run absent = program.chancery("verify", "oci-layout:store:2", "--key", "ada.pub", "--output", "json");
        assertEquals(List.of(), SchemaCheck.faults(schema, StrictJson.parse(Bytes.ofUtf8(absent.out().strip()), 1 << 20)));
    }

    @Test
    void theTreeVerifiesByAPolicyToo() throws Exception {
        Run tree = program.chancery("tree", REFERENCE, "--policy", "both.yaml");
        assertTrue(tree.out().contains("CHY-V068"), tree.out() + tree.err());
    }

    @Test
    void aLineOfABatchMayNameAPolicyForAReference() throws Exception {
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"" + REFERENCE + "\",\"policy\":\"one.yaml\"}\n");
        program.chancery("verify", "--batch", "batch.jsonl").succeeded();
        program.chancery("verify", "--batch", "batch.jsonl", "--policy", "both.yaml").rejected("CHY-V068");
        assertEquals(3, program.chancery("verify", "--batch", "batch.jsonl", "--policy", "both.yaml", "--strict-batch").status());
    }

    @Test
    void whatThePolicySaysIsNotSaidTwice() throws Exception {
        program.chancery("verify", REFERENCE, "--policy", "one.yaml", "--key", "ada.pub").failed(2, "CHY-U001");
        program.chancery("pull", REFERENCE, "--policy", "one.yaml", "--type", "https://example.com/tests/v1").failed(2, "CHY-U001");
        program.chancery("copy", REFERENCE, "oci-layout:copy", "--verify-policy", "one.yaml", "--key", "ada.pub").failed(2, "CHY-U001");
    }
}
