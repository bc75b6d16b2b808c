package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Keys in OpenBao and in the emulator of AWS KMS, through the program with its packaged add-ons, beside cosign with the same keys.
@Tag("interop")
class KeyServiceSpineTest {
    private static final Path ROOT = Path.of(System.getProperty("chancery.root"));

    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);

    @BeforeEach
    void lab() throws Exception {
        Program.install("cosign");
        program = withKeyServices(folder);
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"name\":\"Prüfung\"}");
    }

    /// The program with its add-ons, and the lab's services.
    static Program withKeyServices(Path folder) throws Exception {
        Program.install("kms");
        Program program = new Program(folder).with("JDK_JAVA_OPTIONS", "-Dchancery.addons=" + addOns());
        program.run(List.of(ROOT.resolve("lab/up").toString(), "kms")).succeeded();
        program.run(List.of("bash", "-c", "eval \"$('" + ROOT + "/lab/env' kms)\"; env")).out().lines()
                .filter(line -> line.matches("(VAULT_ADDR|VAULT_TOKEN|AWS_[A-Z_]+)=.*"))
                .forEach(line -> program.with(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        return program;
    }

    /// What the module adapters-kms packaged in this build.
    private static Path addOns() throws IOException {
        try (Stream<Path> found = Files.list(ROOT.resolve("adapters-kms/target/dist"))) {
            return found.map(distribution -> distribution.resolve("lib/addons")).filter(Files::isDirectory).findFirst()
                    .orElseThrow(() -> new AssertionError("build adapters-kms first: mvn -pl adapters-kms package"));
        }
    }

    /// cosign verifies with the exported key: asked for `hashivault://` with an RSA key it has the server check PSS, and so refuses its
    /// own PKCS#1 signatures too.
    @ParameterizedTest
    @ValueSource(strings = {"hashivault://p256", "hashivault://rsa3072", "awskms:///alias/p256", "awskms:///alias/rsa3072"})
    void cosignVerifiesWhatWeSignAndWeVerifyWhatCosignSignsWithTheSameKey(String key) throws Exception {
        program.chancery("key", "export", key, "-o", "a.pub").succeeded();
        Run theirs = program.cosign("public-key", "--key", key);
        theirs.succeeded();
        assertEquals(theirs.out().strip(), Files.readString(folder.resolve("a.pub")).strip());

        program.chancery("sign", "artifact", "--key", key, "--bundle", "m.json").succeeded();
        program.chancery("attest", "artifact", "--key", key, "--predicate", "predicate.json",
                "--predicate-type", "https://example.com/t/v1", "--bundle", "d.json").succeeded();
        program.cosign("verify-blob", "--key", "a.pub", "--bundle", "m.json", "--insecure-ignore-tlog", "artifact").succeeded();
        program.cosign("verify-blob-attestation", "--key", "a.pub", "--bundle", "d.json", "--type", "https://example.com/t/v1",
                "--insecure-ignore-tlog", "artifact").succeeded();

        program.cosign("signing-config", "create", "--out", "sc.json").succeeded();
        program.cosign("sign-blob", "-y", "--key", key, "--signing-config", "sc.json", "--bundle", "c.json", "artifact").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "c.json").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "m.json").succeeded();
        program.cosign("attest-blob", "-y", "--key", key, "--signing-config", "sc.json", "--predicate", "predicate.json",
                "--type", "https://example.com/t/v1", "--bundle", "ca.json", "artifact").succeeded();
        program.chancery("verify", "artifact", "--key", "a.pub", "--bundle", "ca.json").succeeded();
        if (!key.equals("hashivault://rsa3072")) {
            program.cosign("verify-blob", "--key", key, "--bundle", "m.json", "--insecure-ignore-tlog", "artifact").succeeded();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashivault://", "awskms:///alias/"})
    void aRotatedKeySignsAnewAndWhatTheOldOneSignedStaysVerifiable(String place) throws Exception {
        String key = place + "rotated" + HexFormat.of().toHexDigits(new SecureRandom().nextLong());
        program.chancery("key", "generate", key).succeeded();
        program.chancery("key", "export", key, "-o", "old.pub").succeeded();
        program.chancery("sign", "artifact", "--key", key, "--bundle", "old.json").succeeded();
        program.chancery("key", "rotate", key).succeeded();
        program.chancery("key", "export", key, "-o", "new.pub").succeeded();
        program.chancery("sign", "artifact", "--key", key, "--bundle", "new.json").succeeded();
        for (String age : List.of("old", "new")) {
            program.chancery("verify", "artifact", "--key", age + ".pub", "--bundle", age + ".json").succeeded();
            program.cosign("verify-blob", "--key", age + ".pub", "--bundle", age + ".json", "--insecure-ignore-tlog", "artifact").succeeded();
        }
        program.chancery("verify", "artifact", "--key", "new.pub", "--bundle", "old.json").rejected("CHY-V011");
        assertTrue(program.chancery("audit", "show").out().contains(" rotated "));
        Run evidence = program.chancery("key", "evidence", key);
        evidence.succeeded();
        assertTrue(evidence.out().contains("has never been anywhere else"), evidence.out());
    }

    @Test
    void aKeyWithoutVersionsIsNotRotated() throws Exception {
        program.chancery("key", "generate", "a.key").succeeded();
        program.chancery("key", "rotate", "a.key").failed(2, "CHY-U007");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hashivault://", "awskms:///"})
    void keysAreListedAndShown(String place) throws Exception {
        Run listed = program.chancery("key", "list", place);
        listed.succeeded();
        assertTrue(listed.out().contains("ECDSA P-256, public half: the key service"), listed.out());
    }

    @Test
    void withoutTheAddOnTheCoreSaysWhatIsMissing() throws Exception {
        program.with("JDK_JAVA_OPTIONS", "-Dchancery.addons=" + folder);
        program.chancery("sign", "artifact", "--key", "hashivault://p256").failed(2, "CHY-K076");
    }

    @Test
    void anUnknownKeyAndAWrongTokenHaveTheirOwnErrors() throws Exception {
        program.chancery("sign", "artifact", "--key", "awskms:///alias/absent").failed(4, "CHY-K007");
        program.with("VAULT_TOKEN", "wrong").chancery("sign", "artifact", "--key", "hashivault://p256").failed(4, "CHY-K061");
    }
}
