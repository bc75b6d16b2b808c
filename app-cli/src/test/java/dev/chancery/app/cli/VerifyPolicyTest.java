package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.testkit.peers.PeerFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `verify --policy` and `policy` as processes, over bundles that cosign wrote.
class VerifyPolicyTest {
    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeEach
    void files() throws Exception {
        program = new Program(folder);
        for (String file : List.of(PeerFiles.ARTIFACT, PeerFiles.KEY, "trusted-root-v1.json", "trusted-root-v2.json", "cosign-v2-keyless.json", "cosign-v2-key.json",
                "cosign-v1-keyless.json")) {
            Files.write(folder.resolve(file), PeerFiles.read(file).toByteArray());
        }
        String key = PeerFiles.read(PeerFiles.KEY).utf8().orElseThrow().indent(6);
        policy("both.yaml", 2, key);
        policy("one.yaml", 1, key);
    }

    private void policy(String name, int threshold, String key) throws Exception {
        Files.writeString(folder.resolve(name), """
                policy: chancery.dev/v1
                signers:
                  release-key:
                    key: |
                KEY  dev:
                    identity: {name: IDENTITY, issuer: 'ISSUER'}
                roles:
                  release: {threshold: THRESHOLD, signers: [release-key, dev]}
                require:
                  - signatureBy: release
                """.replace("KEY", key).replace("IDENTITY", PeerFiles.IDENTITY).replace("ISSUER", PeerFiles.ISSUER)
                .replace("THRESHOLD", Integer.toString(threshold)));
    }

    private Run verify(String... more) throws Exception {
        List<String> words = new java.util.ArrayList<>(List.of("verify", PeerFiles.ARTIFACT, "--trusted-root", "trusted-root-v2.json"));
        words.addAll(List.of(more));
        return program.chancery(words.toArray(String[]::new));
    }

    @Test
    void severalBundlesMeetAPolicyTogether() throws Exception {
        Run accepted = verify("--policy", "both.yaml", "--bundle", "cosign-v2-key.json", "--bundle", "cosign-v2-keyless.json");
        accepted.succeeded();
        assertTrue(accepted.out().contains("expected signatures of release by 2 of [dev, release-key], found [dev, release-key]"), accepted.out());
        verify("--policy", "both.yaml", "--bundle", "cosign-v2-key.json").rejected("CHY-V068");
        verify("--policy", "both.yaml", "--bundle", "cosign-v2-key.json", "--bundle", "cosign-v2-key.json").rejected("CHY-V068");
    }

    @Test
    void severalTrustedRootsCountTogether() throws Exception {
        Run missing = verify("--policy", "one.yaml", "--bundle", "cosign-v1-keyless.json");
        assertEquals(1, missing.status(), missing.out() + missing.err());
        verify("--trusted-root", "trusted-root-v1.json", "--policy", "one.yaml", "--bundle", "cosign-v1-keyless.json").succeeded();
    }

    @Test
    void theSitesFloorIsMetBesideWhateverElseDecides() throws Exception {
        Files.createDirectory(folder.resolve("site"));
        Files.move(folder.resolve("both.yaml"), folder.resolve("site/policy.yaml"));
        program.with("CHANCERY_SITE_POLICY", "site/policy.yaml");
        Run withoutRoot = verify("--policy", "one.yaml", "--bundle", "cosign-v2-key.json");
        withoutRoot.failed(2, "CHY-P002");
        Files.copy(folder.resolve("trusted-root-v2.json"), folder.resolve("site/trusted_root.json"));
        verify("--policy", "one.yaml", "--bundle", "cosign-v2-key.json").rejected("CHY-V068");
        verify("--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json").rejected("CHY-V068");
        verify("--policy", "one.yaml", "--bundle", "cosign-v2-key.json", "--bundle", "cosign-v2-keyless.json").succeeded();
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"artifact.txt\",\"bundle\":\"cosign-v2-key.json\",\"key\":\"key.pub\"}\n");
        Run batch = program.chancery("verify", "--batch", "batch.jsonl", "--output", "json");
        assertEquals(1, batch.status(), batch.out() + batch.err());
        assertTrue(batch.out().contains("CHY-V068"), batch.out());
    }

    @Test
    void aFloorThatCannotBeReadLetsNothingThrough() throws Exception {
        program.with("CHANCERY_SITE_POLICY", "no-such.yaml");
        verify("--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json").failed(6, "CHY-I001");
    }

    @Test
    void noPolicyIsLookedForInTheWorkingDirectory() throws Exception {
        Files.copy(folder.resolve("both.yaml"), folder.resolve("policy.yaml"));
        verify("--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json").succeeded();
        program.chancery("verify", PeerFiles.ARTIFACT, "--bundle", "cosign-v2-key.json").failed(2, "CHY-U001");
    }

    @Test
    void aLineOfABatchNamesAPolicyUnlessTheBatchIsStrictAndTheCommandLineOutranksIt() throws Exception {
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"artifact.txt\",\"bundle\":\"cosign-v2-key.json\",\"policy\":\"one.yaml\","
                + "\"trustedRoot\":\"trusted-root-v2.json\"}\n");
        program.chancery("verify", "--batch", "batch.jsonl").succeeded();
        Run outranked = program.chancery("verify", "--batch", "batch.jsonl", "--policy", "both.yaml", "--trusted-root", "trusted-root-v2.json");
        assertEquals(1, outranked.status(), outranked.out() + outranked.err());
        Run strict = program.chancery("verify", "--batch", "batch.jsonl", "--policy", "one.yaml", "--trusted-root", "trusted-root-v2.json", "--strict-batch");
        assertEquals(3, strict.status(), strict.out() + strict.err());
        assertTrue(strict.out().contains("CHY-U008"), strict.out());
    }

    @Test
    void whatThePolicySaysIsNotSaidTwice() throws Exception {
        verify("--policy", "one.yaml", "--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json").failed(2, "CHY-U001");
        verify("--policy", "one.yaml", "--insecure-ignore-tlog", "--bundle", "cosign-v2-key.json").failed(2, "CHY-U001");
        verify("--key", PeerFiles.KEY, "--bundle", "cosign-v2-key.json", "--bundle", "cosign-v2-keyless.json").failed(2, "CHY-U001");
    }

    @Test
    void anUnreadableBundleIsAnErrorAndNoVerdict() throws Exception {
        Files.writeString(folder.resolve("junk.json"), "junk");
        for (String[] trust : new String[][] {{"--key", PeerFiles.KEY}, {"--policy", "one.yaml"}}) {
            Run text = verify(trust[0], trust[1], "--bundle", "junk.json");
            text.failed(6, "CHY-F002");
            assertEquals("", text.out());
            Run json = verify(trust[0], trust[1], "--bundle", "junk.json", "--output", "json");
            assertEquals(6, json.status(), json.out());
            assertTrue(json.out().startsWith("{\"error\":{\"code\":\"CHY-F002\""), json.out());
        }
    }

    @Test
    void theAnswerIsAsItsSchemaSays() throws Exception {
        JsonValue schema = StrictJson.parse(Bytes.copyOf(Files.readAllBytes(Path.of("../docs/schemas/verification-result.schema.json"))), 1 << 20);
        for (String policy : List.of("one.yaml", "both.yaml")) {
            Run run = verify("--policy", policy, "--bundle", "cosign-v2-key.json", "--bundle", "cosign-v1-keyless.json", "--output", "json");
            assertEquals(List.of(), SchemaCheck.faults(schema, StrictJson.parse(Bytes.ofUtf8(run.out().strip()), 1 << 20)));
        }
    }

    @Test
    void aConditionDecidesOverAnAttestation() throws Exception {
        Files.write(folder.resolve("attestation.json"), PeerFiles.bundle("cosign-v2-key-attestation").toByteArray());
        String text = Files.readString(folder.resolve("one.yaml"));
        for (String condition : List.of("predicate.tests == 'passed'", "predicate.tests == 'failed'")) {
            Files.writeString(folder.resolve("attested.yaml"), text.replace("signatureBy: release", "attestationBy: release\n    predicateType: https://example.com/tests/v1"
                    + "\n    conditions: [{name: typed, cel: \"" + condition + "\"}]"));
            Run run = verify("--policy", "attested.yaml", "--bundle", "attestation.json");
            assertEquals(condition.contains("passed") ? 0 : 1, run.status(), run.out() + run.err());
            assertEquals(!condition.contains("passed"), run.out().contains("CHY-V070"), run.out());
        }
    }

    @Test
    void explainShowsEachStepForEachSigner() throws Exception {
        Run run = program.chancery("policy", "explain", PeerFiles.ARTIFACT, "--policy", "both.yaml", "--trusted-root", "trusted-root-v2.json", "--bundle",
                "cosign-v2-key.json");
        assertEquals(1, run.status(), run.out() + run.err());
        assertTrue(run.out().contains("    held against release-key of both.yaml: accepted"), run.out());
        assertTrue(run.out().contains("      signature: passed: ecdsa-p256-sha256 by key "), run.out());
    }

    @Test
    void checkShowsEveryFault() throws Exception {
        Run sound = program.chancery("policy", "check", "both.yaml");
        sound.succeeded();
        assertTrue(sound.out().startsWith("sound: both.yaml (sha256:"), sound.out());
        String text = Files.readString(folder.resolve("both.yaml"));
        Files.writeString(folder.resolve("bad.yaml"), text.replace("name: " + PeerFiles.IDENTITY, "name: {regexp: '('}").replace("MF", "MG"));
        Run bad = program.chancery("policy", "check", "bad.yaml", "--output", "json");
        assertEquals(6, bad.status(), bad.out() + bad.err());
        assertTrue(bad.out().contains("\"sound\":false"), bad.out());
        assertTrue(bad.out().contains("CHY-P003") && bad.out().contains("CHY-F011"), bad.out());
    }
}
