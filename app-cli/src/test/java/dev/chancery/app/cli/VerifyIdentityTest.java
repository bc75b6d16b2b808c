package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.testkit.peers.PeerFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Runs `verify` with an identity as a process of its own, over bundles that cosign wrote.
class VerifyIdentityTest {
    @TempDir
    Path folder = Path.of("unset");

    record Run(int status, String out, String err) {}

    @BeforeEach
    void files() throws Exception {
        for (String file : List.of(PeerFiles.ARTIFACT, PeerFiles.KEY, "trusted-root-v2.json", "cosign-v2-keyless.json", "cosign-v2-key.json")) {
            Files.write(folder.resolve(file), PeerFiles.read(file).toByteArray());
        }
    }

    private Run verify(String... args) throws Exception {
        return chancery(Stream.concat(Stream.of("verify"), Stream.of(args)).toArray(String[]::new));
    }

    private Run chancery(String... args) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp", System.getProperty("java.class.path"), "dev.chancery.app.cli.Main"));
        command.addAll(List.of(args));
        Path err = folder.resolve("stderr.txt");
        Process process = new ProcessBuilder(command).directory(folder.toFile()).redirectError(err.toFile()).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), out, Files.readString(err));
    }

    @Test
    void aKeylessBundleIsAcceptedForItsIdentityAndRejectedForAnother() throws Exception {
        Run accepted = verify(PeerFiles.ARTIFACT, "--bundle", "cosign-v2-keyless.json", "--trusted-root", "trusted-root-v2.json",
                "--certificate-identity", PeerFiles.IDENTITY, "--certificate-oidc-issuer", PeerFiles.ISSUER, "--offline");
        assertEquals(0, accepted.status(), accepted.out() + accepted.err());
        Run rejected = verify(PeerFiles.ARTIFACT, "--bundle", "cosign-v2-keyless.json", "--trusted-root", "trusted-root-v2.json",
                "--certificate-identity-regexp", "lab", "--certificate-oidc-issuer", PeerFiles.ISSUER);
        assertEquals(1, rejected.status(), rejected.out() + rejected.err());
        assertTrue(rejected.out().contains("CHY-V060"), rejected.out());
    }

    @Test
    void aKeyedBundleIsHeldAgainstTheLogsOfATrustedRoot() throws Exception {
        Run accepted = verify(PeerFiles.ARTIFACT, "--bundle", "cosign-v2-key.json", "--key", PeerFiles.KEY, "--trusted-root", "trusted-root-v2.json");
        assertEquals(0, accepted.status(), accepted.out() + accepted.err());
        assertTrue(accepted.out().contains("hashedrekord 0.0.2 entry"), accepted.out());
    }

    @Test
    void halfAnIdentityIsWrongUse() throws Exception {
        Run half = verify(PeerFiles.ARTIFACT, "--bundle", "cosign-v2-keyless.json", "--trusted-root", "trusted-root-v2.json",
                "--certificate-identity", PeerFiles.IDENTITY);
        assertEquals(2, half.status(), half.out() + half.err());
        assertTrue(half.err().contains("--certificate-oidc-issuer"), half.err());
    }

    @Test
    void aLineOfABatchNamesAnIdentityUnlessTheBatchIsStrict() throws Exception {
        Files.writeString(folder.resolve("batch.jsonl"), "{\"id\":\"a\",\"artifact\":\"artifact.txt\",\"bundle\":\"cosign-v2-keyless.json\","
                + "\"certificateIdentity\":\"" + PeerFiles.IDENTITY + "\",\"certificateOidcIssuer\":\"" + PeerFiles.ISSUER + "\","
                + "\"trustedRoot\":\"trusted-root-v2.json\"}\n");
        Run accepted = verify("--batch", "batch.jsonl", "--output", "json");
        assertEquals(0, accepted.status(), accepted.out() + accepted.err());
        Run strict = verify("--batch", "batch.jsonl", "--strict-batch", "--key", PeerFiles.KEY, "--output", "json");
        assertEquals(3, strict.status(), strict.out() + strict.err());
        assertTrue(strict.out().contains("CHY-U008"), strict.out());
    }

    @Test
    void theAnswerIsAsItsSchemaSays() throws Exception {
        JsonValue schema = StrictJson.parse(Bytes.copyOf(Files.readAllBytes(Path.of("../docs/schemas/verification-result.schema.json"))), 1 << 20);
        for (String identity : List.of(PeerFiles.IDENTITY, "someone@else.test")) {
            Run run = verify(PeerFiles.ARTIFACT, "--bundle", "cosign-v2-keyless.json", "--trusted-root", "trusted-root-v2.json",
                    "--certificate-identity", identity, "--certificate-oidc-issuer", PeerFiles.ISSUER, "--output", "json");
            assertEquals(List.of(), SchemaCheck.faults(schema, StrictJson.parse(Bytes.ofUtf8(run.out().strip()), 1 << 20)));
        }
    }

    @Test
    void aBundleIsShownWithoutBeingVerified() throws Exception {
        Run run = chancery("bundle", "inspect", "cosign-v2-keyless.json");
        assertEquals(0, run.status(), run.err());
        assertTrue(run.out().contains("  for: email " + PeerFiles.IDENTITY), run.out());
        assertTrue(run.out().contains("  kind: hashedrekord 0.0.2"), run.out());
        assertTrue(run.out().contains("nothing of this was verified"), run.out());
    }
}
