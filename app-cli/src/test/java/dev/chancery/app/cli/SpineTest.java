package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Runs the program as a process of its own, as users do.
class SpineTest {
    @TempDir
    Path folder = Path.of("unset");

    @BeforeEach
    void artifact() throws IOException {
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{ \"name\": \"Prüfung 日本\", \"n\": 1.50 }");
    }

    private Run run(List<String> command) throws Exception {
        return new Program(folder).run(command);
    }

    private Run chancery(String... args) throws Exception {
        return new Program(folder).chancery(args);
    }

    private Run cosign(String... args) throws Exception {
        return new Program(folder).cosign(args);
    }

    private static void succeeded(Run run) {
        run.succeeded();
    }

    private void makeKey(String format, String type) throws Exception {
        succeeded(chancery("key", "generate", "a.key", "--format", format, "--type", type));
        succeeded(chancery("key", "export", "a.key", "-o", "a.pub"));
    }

    private void signBoth() throws Exception {
        succeeded(chancery("sign", "artifact", "--key", "a.key", "--bundle", "m.json", "--output-signature", "m.sig"));
        succeeded(chancery("attest", "artifact", "--key", "a.key", "--predicate", "predicate.json",
                "--predicate-type", "https://example.com/t/v1", "--bundle", "d.json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sigstore", "pkcs8", "pkcs8-plain"})
    void whatIsSignedIsAcceptedAndWhatWasChangedIsRejectedWithItsCode(String format) throws Exception {
        makeKey(format, "p256");
        signBoth();
        succeeded(chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json"));
        succeeded(chancery("verify", "artifact", "--key", "a.pub", "--signature", "m.sig"));
        succeeded(chancery("verify", "artifact", "--key", "a.pub", "--bundle", "d.json", "--type", "https://example.com/t/v1"));
        Files.writeString(folder.resolve("artifact"), "Some content\n");
        rejected("CHY-V002", chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json"));
        rejected("CHY-V001", chancery("verify", "artifact", "--key", "a.pub", "--signature", "m.sig"));
        rejected("CHY-V004", chancery("verify", "artifact", "--key", "a.pub", "--bundle", "d.json"));
    }

    private static void rejected(String code, Run run) {
        run.rejected(code);
    }

    private static void failed(int status, String code, Run run) {
        run.failed(status, code);
    }

    @Test
    void opensslReadsOurEncryptedPkcs8AndWeReadItsOwn() throws Exception {
        makeKey("pkcs8", "p256");
        Run theirs = run(List.of("openssl", "pkey", "-in", "a.key", "-passin", "env:CHANCERY_PASSPHRASE", "-pubout"));
        succeeded(theirs);
        assertEquals(Files.readString(folder.resolve("a.pub")), theirs.out());
        succeeded(run(List.of("openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384", "-aes-256-cbc",
                "-pass", "env:CHANCERY_PASSPHRASE", "-out", "o.key")));
        succeeded(chancery("sign", "artifact", "--key", "o.key", "--bundle", "o.json"));
        succeeded(chancery("key", "export", "o.key", "-o", "o.pub"));
        succeeded(chancery("verify", "artifact", "--key", "o.pub", "--bundle", "o.json"));
    }

    @Test
    void aWrongPassphraseAndOtherBadInputGetTheirOwnCodes() throws Exception {
        makeKey("sigstore", "p256");
        Files.writeString(folder.resolve("wrong"), "wrong\n");
        failed(4, "CHY-K017", chancery("sign", "artifact", "--key", "a.key", "--passphrase-file", "wrong"));
        failed(4, "CHY-K007", chancery("sign", "artifact", "--key", "absent.key"));
        failed(4, "CHY-K020", chancery("key", "generate", "a.key"));
        failed(2, "CHY-S004", chancery("sign", "sha256:" + "00".repeat(32), "--key", "a.key", "--bundle", "x"));
        failed(2, "CHY-U001", chancery("sign", "artifact"));
        failed(6, "CHY-I001", chancery("sign", "absent", "--key", "a.key"));
        failed(6, "CHY-I001", chancery("sign", "absent", "--key", "a.key", "--passphrase-file", "wrong")); // before the passphrase is tried
        succeeded(chancery("sign", "artifact", "--key", "a.key"));
        failed(2, "CHY-U002", chancery("sign", "artifact", "--key", "a.key"));
        Files.writeString(folder.resolve("dsse"), "DSSEv1 29 x");
        failed(2, "CHY-S001", chancery("sign", "dsse", "--key", "a.key"));
        assertFalse(Files.exists(folder.resolve("dsse.sigstore.json")));
        Files.writeString(folder.resolve("bad.json"), "{\"a\":1,\"a\":2}");
        failed(6, "CHY-F003", chancery("attest", "artifact", "--key", "a.key", "--predicate", "bad.json",
                "--predicate-type", "https://example.com/t", "--bundle", "x.json"));
        assertEquals(6, chancery("verify", "artifact", "--key", "a.pub", "--bundle", "bad.json").status());
    }

    @Test
    void everySignatureIsInTheAuditLogAndAChangedLogIsNoticed() throws Exception {
        makeKey("sigstore", "p256");
        signBoth();
        Run whole = chancery("audit", "verify");
        succeeded(whole);
        assertTrue(whole.out().contains("3 entries"), whole::out);
        Path log = folder.resolve("audit.log");
        String text = Files.readString(log);
        int last = text.lastIndexOf("\"artifact\"");
        Files.writeString(log, text.substring(0, last) + "\"artefact\"" + text.substring(last + "\"artifact\"".length()));
        assertEquals(1, chancery("audit", "verify").status());
        failed(6, "CHY-A001", chancery("sign", "artifact", "--key", "a.key", "--bundle", "later.json"));
        assertFalse(Files.exists(folder.resolve("later.json")));
    }

    @Test
    void aSignatureWhoseRecordDoesNotFitOntoTheDiskIsNotHandedOut() throws Exception {
        makeKey("sigstore", "p256");
        Path log = folder.resolve("audit.log");
        int signed = 0;
        do { // until a block of 1024 bytes has no room for one more record
            succeeded(chancery("sign", "artifact", "--key", "a.key", "--bundle", signed++ + ".json"));
        } while (Files.size(log) % 1024 < 768);
        long blocks = Files.size(log) / 1024 + 1;
        List<String> limited = new ArrayList<>(List.of("bash", "-c", "ulimit -f " + blocks + "; exec \"$@\"", "bash"));
        limited.addAll(Program.command("sign", "artifact", "--key", "a.key", "--bundle", "unrecorded.json"));
        limited.add(5, "-XX:-UsePerfData"); // which would write a longer file
        failed(6, "CHY-A001", run(limited));
        assertFalse(Files.exists(folder.resolve("unrecorded.json")));
        succeeded(chancery("sign", "artifact", "--key", "a.key", "--bundle", "later.json"));
        Run whole = chancery("audit", "verify");
        succeeded(whole);
        assertTrue(whole.out().contains(signed + 2 + " entries"), whole::out); // with the key's own
    }

    @Test
    void theOverviewNamesEveryCommandAndLeavesWithZero() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, StandardCharsets.UTF_8);
        var status = Main.of(print, print).run("--help");
        assertEquals(0, status.number());
        String text = out.toString(StandardCharsets.UTF_8);
        for (String command : List.of("sign", "attest", "verify", "key generate", "key list", "key show", "key export", "audit show",
                "audit verify")) {
            assertTrue(text.contains("  " + command + " "), command);
        }
    }

    @Tag("interop")
    @ParameterizedTest
    @ValueSource(strings = {"p256", "rsa3072"})
    void cosignVerifiesMessageSignaturesAndAttestations(String type) throws Exception {
        makeKey("sigstore", type);
        signBoth();
        succeeded(cosign("verify-blob", "--key", "a.pub", "--bundle", "m.json", "--insecure-ignore-tlog", "artifact"));
        succeeded(cosign("verify-blob-attestation", "--key", "a.pub", "--bundle", "d.json", "--insecure-ignore-tlog",
                "--type", "https://example.com/t/v1", "artifact"));
    }

    @Tag("interop")
    @Test
    void cosignSignsWithOurKeyFileAndItsBundlesAreAccepted() throws Exception {
        makeKey("sigstore", "p256");
        succeeded(cosign("signing-config", "create", "--out", "sc.json"));
        succeeded(cosign("sign-blob", "-y", "--key", "a.key", "--signing-config", "sc.json", "--bundle", "c.json", "artifact"));
        succeeded(chancery("verify", "artifact", "--key", "a.pub", "--bundle", "c.json"));
        succeeded(cosign("attest-blob", "-y", "--key", "a.key", "--signing-config", "sc.json", "--predicate", "predicate.json",
                "--type", "https://example.com/t/v1", "--bundle", "ca.json", "artifact"));
        succeeded(chancery("verify", "artifact", "--key", "a.pub", "--bundle", "ca.json"));
    }

    @Tag("interop")
    @Test
    void keysThatCosignMadeAreRead() throws Exception {
        succeeded(cosign("generate-key-pair"));
        succeeded(chancery("sign", "artifact", "--key", "cosign.key", "--bundle", "m.json"));
        succeeded(cosign("verify-blob", "--key", "cosign.pub", "--bundle", "m.json", "--insecure-ignore-tlog", "artifact"));
    }

    /// What `sign` refuses is refused for a reason: cosign takes such a signature, repackaged, for an attestation.
    @Tag("interop")
    @Test
    void aFileThatIsADsseEncodingSignedByCosignIsAForgedAttestation() throws Exception {
        makeKey("sigstore", "p256");
        String digest = java.util.HexFormat.of().formatHex(java.security.MessageDigest.getInstance("SHA-256")
                .digest(Files.readAllBytes(folder.resolve("artifact"))));
        String payload = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"artifact\",\"digest\":{\"sha256\":\"" + digest
                + "\"}}],\"predicateType\":\"https://example.com/forged\",\"predicate\":{}}";
        Files.writeString(folder.resolve("innocent"), "DSSEv1 28 application/vnd.in-toto+json " + payload.length() + " " + payload);
        failed(2, "CHY-S001", chancery("sign", "innocent", "--key", "a.key"));
        succeeded(cosign("signing-config", "create", "--out", "sc.json"));
        succeeded(cosign("sign-blob", "-y", "--key", "a.key", "--signing-config", "sc.json", "--bundle", "c.json", "innocent"));
        rejected("CHY-V012", chancery("verify", "innocent", "--key", "a.pub", "--bundle", "c.json"));
        String signed = Files.readString(folder.resolve("c.json"));
        String signature = signed.replaceFirst("(?s).*\"signature\":\"([^\"]+)\".*", "$1");
        String material = signed.replaceFirst("(?s).*\"verificationMaterial\":(\\{.*?\\}),\"messageSignature.*", "$1");
        Files.writeString(folder.resolve("forged.json"), "{\"mediaType\":\"application/vnd.dev.sigstore.bundle.v0.3+json\","
                + "\"verificationMaterial\":" + material + ",\"dsseEnvelope\":{\"payload\":\""
                + java.util.Base64.getEncoder().encodeToString(payload.getBytes(StandardCharsets.UTF_8))
                + "\",\"payloadType\":\"application/vnd.in-toto+json\",\"signatures\":[{\"sig\":\"" + signature + "\"}]}}");
        succeeded(cosign("verify-blob-attestation", "--key", "a.pub", "--bundle", "forged.json", "--insecure-ignore-tlog",
                "--type", "https://example.com/forged", "artifact"));
    }
}
