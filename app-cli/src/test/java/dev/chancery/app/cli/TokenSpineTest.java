package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The program with keys in a SoftHSM2 token, from making the key to cosign's verdict.
class TokenSpineTest {
    private static final String PIN = "73120955";
    private static final String SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so";

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);
    private String key = "";

    @BeforeEach
    void token() throws Exception {
        if (!Files.exists(Path.of(SOFTHSM)) || !Files.exists(fault())) {
            Program.install("softhsm");
        }
        Files.createDirectory(folder.resolve("tokens"));
        Files.writeString(folder.resolve("softhsm2.conf"), "directories.tokendir = " + folder.resolve("tokens") + "\nlog.level = ERROR\n");
        program = new Program(folder).with("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString()).with("COSIGN_PKCS11_PIN", PIN);
        program.run(List.of("softhsm2-util", "--init-token", "--free", "--label", "release", "--pin", PIN, "--so-pin", "officer-1")).succeeded();
        Files.createFile(folder.resolve("pin"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(folder.resolve("pin"), PIN + "\n");
        key = "pkcs11:token=release;object=signing?module-path=" + SOFTHSM + "&pin-source=" + folder.resolve("pin");
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("Prüfung 日本"), "inhalt ü\n");
        Files.writeString(folder.resolve("predicate.json"), "{ \"name\": \"Prüfung 日本\", \"n\": 1.50 }");
    }

    private static Path fault() {
        return Program.lab().resolve("lib/libfaultp11.so");
    }

    private void makeKey(String type) throws Exception {
        program.chancery("key", "generate", key, "--type", type).succeeded();
        program.chancery("key", "export", key, "-o", "a.pub").succeeded();
    }

    @Test
    void aGeneratedKeyIsListedAndSignsAndItsSignaturesAreAccepted() throws Exception {
        makeKey("p256");
        Run listed = program.chancery("key", "list", key.replace(";object=signing", ""), "--output", "json");
        listed.succeeded();
        assertTrue(listed.out().contains("\"extractable\":\"no\"") && listed.out().contains("\"sensitive\":\"yes\""), listed::out);
        assertFalse(listed.out().contains("pin-source"), listed::out);
        program.chancery("sign", "artifact", "--key", key, "--bundle", "m.json").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json").succeeded();
        Files.writeString(folder.resolve("artifact"), "some Content\n");
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json").rejected("CHY-V002");
    }

    @Tag("interop")
    @ParameterizedTest
    @ValueSource(strings = {"p256", "rsa3072", "ed25519"})
    void cosignVerifiesWhatTheTokenSigned(String type) throws Exception {
        makeKey(type);
        for (String artifact : List.of("artifact", "Prüfung 日本")) {
            program.chancery("sign", artifact, "--key", key, "--bundle", "m.json", "--force").succeeded();
            program.cosign("verify-blob", "--key", "a.pub", "--bundle", "m.json", "--insecure-ignore-tlog", artifact).succeeded();
            program.chancery("attest", artifact, "--key", key, "--predicate", "predicate.json",
                    "--predicate-type", "https://example.com/t/v1", "--bundle", "d.json", "--force").succeeded();
            program.cosign("verify-blob-attestation", "--key", "a.pub", "--bundle", "d.json", "--insecure-ignore-tlog",
                    "--type", "https://example.com/t/v1", artifact).succeeded();
        }
    }

    @Tag("interop")
    @Test
    void whatCosignSignsWithTheSameTokenIsAccepted() throws Exception {
        makeKey("p256");
        String theirs = "pkcs11:token=release;object=signing?module-path=" + SOFTHSM;
        program.cosign("signing-config", "create", "--out", "sc.json").succeeded();
        program.cosign("sign-blob", "-y", "--key", theirs, "--signing-config", "sc.json", "--bundle", "c.json", "artifact").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "c.json").succeeded();
        program.cosign("attest-blob", "-y", "--key", theirs, "--signing-config", "sc.json", "--predicate", "predicate.json",
                "--type", "https://example.com/t/v1", "--bundle", "ca.json", "artifact").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "ca.json").succeeded();
        program.chancery("sign", "artifact", "--key", theirs, "--bundle", "same-uri.json").succeeded();
    }

    @Test
    void aSignatureThatDoesNotVerifyIsThrownAwayUnaudited() throws Exception {
        makeKey("p256");
        Files.writeString(folder.resolve("rules"), "Sign flip\n");
        program.with("FAULTP11_RULES", folder.resolve("rules").toString());
        program.chancery("sign", "artifact", "--key", key.replace(SOFTHSM, fault().toString()), "--bundle", "m.json").failed(4, "CHY-S005");
        assertFalse(Files.exists(folder.resolve("m.json")));
        assertFalse(Files.readString(folder.resolve("audit.log")).contains("\"event\":\"signature\""));
    }

    @Test
    void anotherKeyBehindTheRightLabelIsRefusedBeforeItSigns() throws Exception {
        makeKey("p256");
        program.run(List.of("pkcs11-tool", "--module", SOFTHSM, "--token-label", "release", "--login", "--pin", PIN, "--delete-object",
                "--type", "privkey", "--label", "signing")).succeeded();
        program.run(List.of("pkcs11-tool", "--module", SOFTHSM, "--token-label", "release", "--login", "--pin", PIN, "--delete-object",
                "--type", "pubkey", "--label", "signing")).succeeded();
        program.run(List.of("pkcs11-tool", "--module", SOFTHSM, "--token-label", "release", "--login", "--pin", PIN, "--keypairgen",
                "--key-type", "EC:prime256v1", "--label", "signing", "--id", "77")).succeeded();
        program.chancery("sign", "artifact", "--key", key, "--expect-key", "a.pub", "--bundle", "m.json").failed(4, "CHY-K011");
        assertFalse(Files.exists(folder.resolve("m.json")));
    }

    @Test
    void theExpectedKeyServesAKeyWhosePublicHalfIsNotOnTheToken() throws Exception {
        makeKey("p256");
        program.run(List.of("pkcs11-tool", "--module", SOFTHSM, "--token-label", "release", "--login", "--pin", PIN, "--delete-object",
                "--type", "pubkey", "--label", "signing")).succeeded();
        program.chancery("sign", "artifact", "--key", key, "--bundle", "m.json").failed(4, "CHY-K012");
        program.chancery("sign", "artifact", "--key", key, "--expect-key", "a.pub", "--bundle", "m.json").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json").succeeded();
    }

    @Test
    void wrongPinsAndWrongUrisGetTheirOwnCodes() throws Exception {
        makeKey("p256");
        Files.writeString(folder.resolve("pin"), "55555555");
        program.chancery("sign", "artifact", "--key", key, "--bundle", "m.json").failed(4, "CHY-K001");
        Files.setPosixFilePermissions(folder.resolve("pin"), PosixFilePermissions.fromString("rw-r--r--"));
        program.chancery("sign", "artifact", "--key", key, "--bundle", "m.json").failed(4, "CHY-K021");
        String bare = "pkcs11:token=release;object=signing?module-path=" + SOFTHSM;
        Run refused = program.chancery("sign", "artifact", "--key", bare + "&pin-value=" + PIN, "--bundle", "m.json");
        refused.failed(2, "CHY-U004");
        assertFalse((refused.out() + refused.err()).contains(PIN));
        program.chancery("sign", "artifact", "--key", bare + "&pin-source=%7Ccat%20pin", "--bundle", "m.json").failed(2, "CHY-U005");
        program.chancery("sign", "artifact", "--key", bare.replace("signing", "other"), "--bundle", "m.json").failed(4, "CHY-K007");
        program.chancery("sign", "artifact", "--key", bare.replace("release", "other"), "--bundle", "m.json").failed(4, "CHY-K010");
        program.chancery("sign", "artifact", "--key", bare.replace(SOFTHSM, "/none.so"), "--bundle", "m.json").failed(4, "CHY-K005");
        assertFalse(Files.exists(folder.resolve("m.json")));
    }

    @Test
    void aBatchWithAFaultyTokenKilledInTheMiddleSignsEverythingExactlyOnce() throws Exception {
        makeKey("p256");
        int count = 400;
        StringBuilder batch = new StringBuilder();
        for (int i = 0; i < count; i++) {
            Files.writeString(folder.resolve("f" + i), "content " + i);
            batch.append("{\"id\":\"i").append(i).append("\",\"artifact\":\"f").append(i).append("\"}\n");
        }
        Files.writeString(folder.resolve("batch.jsonl"), batch);
        Files.writeString(folder.resolve("rules"), "Sign p=0.02 rv=DEVICE_ERROR\n");
        program.with("FAULTP11_RULES", folder.resolve("rules").toString());
        String faulty = key.replace(SOFTHSM, fault().toString());
        Process first = program.builder(Program.command("sign", "--batch", "batch.jsonl", "--key", faulty))
                .redirectErrorStream(true).start();
        try (var lines = first.inputReader()) {
            for (int done = 0; done < count / 3; done++) {
                lines.readLine();
            }
        }
        first.destroyForcibly().waitFor();
        program.chancery("sign", "--batch", "batch.jsonl", "--key", faulty, "--resume").failedItems("CHY-K013");
        Files.writeString(folder.resolve("rules"), "");
        program.chancery("sign", "--batch", "batch.jsonl", "--key", faulty, "--resume").succeeded();
        Run verified = program.chancery("verify", "--batch", "batch.jsonl", "--key", "a.pub");
        verified.succeeded();
        assertTrue(verified.err().contains(count + " accepted"), verified::err);
        Run audit = program.chancery("audit", "verify");
        assertTrue(audit.out().contains((count + 1) + " entries"), () -> "one record for the key and one for each item: " + audit.out());
    }

    /// What cosign doesn't take: OpenSSL as the second opinion, on files and without this program's help.
    @Tag("interop")
    @ParameterizedTest
    @CsvSource({"p384,ecdsa-p384-sha384,sha384,", "p521,ecdsa-p521-sha512,sha512,", "rsa2048,rsa-pkcs1-sha256,sha256,", "rsa4096,rsa-pkcs1-sha256,sha256,",
        "rsa3072,rsa-pss-sha256,sha256,-sigopt rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sigopt rsa_mgf1_md:sha256"})
    void opensslVerifiesWhatTheTokenSigned(String type, String algorithm, String hash, @Nullable String options) throws Exception {
        makeKey(type);
        program.chancery("sign", "artifact", "--key", key, "--algorithm", algorithm, "--bundle", "m.json", "--output-signature", "m.sig").succeeded();
        Files.write(folder.resolve("m.bin"), java.util.Base64.getDecoder().decode(Files.readString(folder.resolve("m.sig")).strip()));
        List<String> command = new ArrayList<>(List.of("openssl", "dgst", "-" + hash, "-verify", "a.pub", "-signature", "m.bin"));
        command.addAll(options == null ? List.of() : List.of(options.split(" ", -1)));
        command.add("artifact");
        Run run = program.run(command);
        assertTrue(run.out().contains("Verified OK"), () -> run.out() + run.err());
        Files.writeString(folder.resolve("artifact"), "other content\n");
        assertFalse(program.run(command).out().contains("Verified OK"));
    }
}
