package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Signing with evidence on the lab's Sigstore stack, verified by cosign, sigstore-python, sigstore-go and sigstore-js.
@Tag("interop")
class KeylessPeersTest {
    private static final Path ROOT = Path.of(System.getProperty("chancery.root"));
    private static final String TYPE = "https://example.com/t/v1";

    @TempDir
    Path folder = Path.of("unset");
    private Program program = new Program(folder);
    private final Map<String, String> lab = new TreeMap<>();

    @BeforeEach
    void start() throws Exception {
        program = new Program(folder);
        for (String rig : List.of("cosign", "sigstore", "rekor1", "verifiers", "softhsm")) {
            Program.install(rig);
        }
        for (String rig : List.of("sigstore", "rekor1", "softhsm")) {
            program.run(List.of(ROOT.resolve("lab/up").toString(), rig)).succeeded();
        }
        program.run(List.of("bash", "-c", "eval \"$('" + ROOT + "/lab/env' sigstore rekor1 softhsm)\"; env")).out().lines()
                .filter(line -> line.matches("(LAB_[A-Z0-9_]+|SOFTHSM2_CONF)=.*"))
                .forEach(line -> lab.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        program.with("SOFTHSM2_CONF", lab("SOFTHSM2_CONF")).with("CHANCERY_PIN", Files.readString(Path.of(lab("LAB_PKCS11_PIN_FILE"))).strip());
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"name\":\"Prüfung\"}");
        Run token = program.run(List.of("curl", "-sf", lab("LAB_OIDC_TOKEN_URL") + "?email=" + lab("LAB_IDENTITY")));
        token.succeeded();
        Files.writeString(folder.resolve("token"), token.out());
        // sigstore-js finds a log's key by the host name that its checkpoints are signed under.
        Files.writeString(folder.resolve("root1.json"), Files.readString(Path.of(lab("LAB_TRUSTED_ROOT_REKOR1")))
                .replace(lab("LAB_REKOR1_URL"), "http://rekor1.lab.test"));
    }

    private String lab(String name) {
        return java.util.Objects.requireNonNull(lab.get(name), name);
    }

    private String root(int rekor) {
        return rekor == 1 ? folder.resolve("root1.json").toString() : lab("LAB_TRUSTED_ROOT");
    }

    private void signed(int rekor, String... arguments) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(arguments));
        all.addAll(List.of("--signing-config", lab(rekor == 1 ? "LAB_SIGNING_CONFIG_REKOR1" : "LAB_SIGNING_CONFIG"), "--trusted-root", root(rekor),
                "--force"));
        program.chancery(all.toArray(String[]::new)).succeeded();
    }

    private void cosignVerifies(String command, String bundle, int rekor, String... more) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(command, "--bundle", bundle, "--trusted-root", root(rekor)));
        all.addAll(List.of(more));
        all.add("artifact");
        program.cosign(all.toArray(String[]::new)).succeeded();
    }

    private String[] identity(String... more) {
        List<String> all = new java.util.ArrayList<>(List.of("--certificate-identity", lab("LAB_IDENTITY"), "--certificate-oidc-issuer", lab("LAB_OIDC_ISSUER")));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({"fulcio:, 1", "fulcio:, 2", "fulcio:p384, 1", "fulcio:p384, 2", "fulcio:ed25519, 1", "fulcio:ed25519, 2"})
    void cosignVerifiesFilesByEphemeralKeysOfEachKind(String key, int rekor) throws Exception {
        signed(rekor, "sign", "artifact", "--key", key, "--identity-token", "token", "--bundle", "m.json");
        cosignVerifies("verify-blob", "m.json", rekor, identity());
        program.chancery("verify", "artifact", "--bundle", "m.json", "--trusted-root", root(rekor), "--certificate-identity", lab("LAB_IDENTITY"),
                "--certificate-oidc-issuer", lab("LAB_OIDC_ISSUER")).succeeded();
    }

    @ParameterizedTest
    @CsvSource({"fulcio:, 1", "fulcio:, 2", "fulcio:p384, 2", "fulcio:ed25519, 1"})
    void cosignVerifiesAttestationsByEphemeralKeysOfEachKindThatTheLogTakes(String key, int rekor) throws Exception {
        signed(rekor, "attest", "artifact", "--key", key, "--identity-token", "token", "--predicate", "predicate.json", "--predicate-type", TYPE,
                "--bundle", "d.json");
        cosignVerifies("verify-blob-attestation", "d.json", rekor, identity("--type", TYPE));
    }

    @Test
    void cosignVerifiesWhatWhoeverLogsInWithChromiumSigns() throws Exception {
        Program.install("chromium");
        Path pid = folder.resolve("browser.pid");
        Path browser = Files.createFile(folder.resolve("browser"), PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        // Chromium's own process, which the test ends; its helpers end with it.
        Files.writeString(browser, "#!/bin/sh\necho $$ >'" + pid + "'\nexec chromium --headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage "
                + "--no-first-run --disable-background-networking --disable-component-update --user-data-dir='" + folder.resolve("profile") + "' \"$1\"\n");
        program.with("BROWSER", browser.toString());
        try {
            signed(2, "sign", "artifact", "--fulcio-auth-flow", "normal", "--bundle", "m.json");
        } finally {
            if (Files.exists(pid)) {
                ProcessHandle.of(Long.parseLong(Files.readString(pid).strip())).ifPresent(process -> {
                    process.destroy();
                    process.onExit().orTimeout(20, TimeUnit.SECONDS).join();
                });
            }
        }
        cosignVerifies("verify-blob", "m.json", 2, identity());
    }

    @Test
    void cosignVerifiesAttestationsByACertifiedKeyInAToken() throws Exception {
        signed(2, "attest", "artifact", "--key", lab("LAB_PKCS11_URI"), "--identity-token", "token", "--predicate", "predicate.json",
                "--predicate-type", TYPE, "--bundle", "d.json");
        cosignVerifies("verify-blob-attestation", "d.json", 2, identity("--type", TYPE));
    }

    @Test
    void sigstoreGoVerifiesFilesAndAttestationsByKeysWithLogAndTimestamp() throws Exception {
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        signed(2, "sign", "artifact", "--key", "release.key", "--bundle", "m.json");
        signed(2, "attest", "artifact", "--key", "release.key", "--predicate", "predicate.json", "--predicate-type", TYPE, "--bundle", "d.json");
        for (String bundle : List.of("m.json", "d.json")) {
            program.run(List.of(Program.lab().resolve("bin/sigstore-go-verification").toString(), "-artifact", "artifact", "-trustedrootJSONpath",
                    root(2), "-publicKey", "release.pub", "-requireCTlog=false", bundle)).succeeded();
        }
    }

    @Test
    void whatTheIndexOfRekorV1KnowsIsFoundByDigestIdentityAndKey() throws Exception {
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        Files.writeString(folder.resolve("artifact"), "logged at " + System.nanoTime() + "\n");
        signed(1, "sign", "artifact", "--key", "release.key", "--bundle", "m.json");
        signed(1, "sign", "artifact", "--identity-token", "token", "--bundle", "k.json");
        String digest = HashAlgorithm.SHA_256.digest(Bytes.copyOf(Files.readAllBytes(folder.resolve("artifact")))).toString();
        String[] log = {"--log", lab("LAB_REKOR1_URL"), "--log-version", "1", "--trusted-root", root(1)};
        for (String[] query : new String[][] {{"--digest", digest, "2 entries"}, {"--key", "release.pub", "1 entry"}}) {
            Run found = program.chancery(with(log, "log", "search", query[0], query[1]));
            found.succeeded();
            assertTrue(found.out().contains("\n" + query[2] + "\n"), found.out());
        }
        Run found = program.chancery(with(log, "log", "search", "--identity", lab("LAB_IDENTITY")));
        found.succeeded();
        assertTrue(found.out().contains(lab("LAB_IDENTITY")), found.out());
        program.chancery(with(log, "log", "search", "--identity", "nobody@lab.test")).succeeded();
    }

    @ParameterizedTest
    @CsvSource({"p256", "p384"})
    void cosignVerifiesFilesByCertifiedKeysInAToken(String label) throws Exception {
        signed(2, "sign", "artifact", "--key", lab("LAB_PKCS11_URI").replace("object=p256", "object=" + label), "--identity-token", "token",
                "--bundle", "m.json");
        cosignVerifies("verify-blob", "m.json", 2, identity());
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void cosignVerifiesFilesAndAttestationsByKeysWithLogAndTimestamp(int rekor) throws Exception {
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        signed(rekor, "sign", "artifact", "--key", "release.key", "--bundle", "m.json");
        cosignVerifies("verify-blob", "m.json", rekor, "--key", "release.pub");
        signed(rekor, "attest", "artifact", "--key", "release.key", "--predicate", "predicate.json", "--predicate-type", TYPE, "--bundle", "d.json");
        cosignVerifies("verify-blob-attestation", "d.json", rekor, "--key", "release.pub", "--type", TYPE);
    }

    @Test
    void sigstorePythonVerifiesAFileInRekorV2() throws Exception {
        signed(2, "sign", "artifact", "--identity-token", "token", "--bundle", "m.json");
        program.run(List.of(Program.lab().resolve("venv/verifiers/bin/sigstore").toString(), "--trust-config", lab("LAB_TRUST_CONFIG"), "verify",
                "identity", "--offline", "--bundle", "m.json", "--cert-identity", lab("LAB_IDENTITY"), "--cert-oidc-issuer", lab("LAB_OIDC_ISSUER"),
                "artifact")).succeeded();
    }

    @ParameterizedTest
    @CsvSource({"1", "2"})
    void sigstoreGoVerifiesFilesAndAttestations(int rekor) throws Exception {
        signed(rekor, "sign", "artifact", "--identity-token", "token", "--bundle", "m.json");
        signed(rekor, "attest", "artifact", "--identity-token", "token", "--predicate", "predicate.json", "--predicate-type", TYPE, "--bundle", "d.json");
        for (String bundle : List.of("m.json", "d.json")) {
            program.run(List.of(Program.lab().resolve("bin/sigstore-go-verification").toString(), "-artifact", "artifact", "-trustedrootJSONpath",
                    root(rekor), "-expectedSAN", lab("LAB_IDENTITY"), "-expectedIssuer", lab("LAB_OIDC_ISSUER"), bundle)).succeeded();
        }
    }

    @Test
    void sigstoreJsVerifiesFilesAndAttestationsInRekorV1() throws Exception {
        program.with("LAB_NODE", Program.lab().resolve("node").toString());
        signed(1, "sign", "artifact", "--identity-token", "token", "--bundle", "m.json");
        signed(1, "attest", "artifact", "--identity-token", "token", "--predicate", "predicate.json", "--predicate-type", TYPE, "--bundle", "d.json");
        for (String bundle : List.of("m.json", "d.json")) {
            Run run = program.run(List.of("node", ROOT.resolve("lab/verifiers/verify.mjs").toString(), bundle, "artifact", root(1),
                    lab("LAB_IDENTITY"), lab("LAB_OIDC_ISSUER")));
            assertEquals("verified", run.out().strip(), run.err());
        }
    }

    @Test
    void sigstoreJsVerifiesFilesAndAttestationsByKeysInRekorV1() throws Exception {
        program.with("LAB_NODE", Program.lab().resolve("node").toString());
        program.chancery("key", "generate", "release.key").succeeded();
        program.chancery("key", "export", "release.key", "-o", "release.pub").succeeded();
        program.chancery("sign", "artifact", "--key", "release.key", "--bundle", "bare.json").succeeded();
        signed(1, "sign", "artifact", "--key", "release.key", "--bundle", "m.json");
        signed(1, "attest", "artifact", "--key", "release.key", "--predicate", "predicate.json", "--predicate-type", TYPE, "--bundle", "d.json");
        for (String bundle : List.of("m.json", "d.json")) {
            assertEquals("verified", sigstoreJs(bundle).out().strip());
        }
        assertEquals(1, sigstoreJs("bare.json").status(), "it looks for the log's entry");
    }

    private Run sigstoreJs(String bundle) throws Exception {
        return program.run(List.of("node", ROOT.resolve("lab/verifiers/verify-key.mjs").toString(), "artifact", bundle, "release.pub", root(1)));
    }

    @Test
    void whatALogShowsOfOurEntriesIsProvenAndMonitored() throws Exception {
        String[] log = {"--log", lab("LAB_REKOR_TILES_URL"), "--trusted-root", root(2)};
        program.chancery(with(log, "log", "monitor", "--identity", lab("LAB_IDENTITY"), "--state", "watch.json")).succeeded();
        program.chancery(with(log, "log", "prove", "--save", "then.checkpoint")).succeeded();
        signed(2, "sign", "artifact", "--identity-token", "token", "--bundle", "m.json");
        Run seen = program.chancery(with(log, "log", "monitor", "--identity", lab("LAB_IDENTITY"), "--state", "watch.json"));
        seen.succeeded();
        assertTrue(seen.out().contains("by     " + lab("LAB_IDENTITY")), seen.out());
        program.chancery(with(log, "log", "prove", "--since", "then.checkpoint")).succeeded();
        program.chancery(with(log, "log", "show", "0")).succeeded();
    }

    private static String[] with(String[] last, String... first) {
        List<String> all = new java.util.ArrayList<>(List.of(first));
        all.addAll(List.of(last));
        return all.toArray(String[]::new);
    }

    @Test
    void noTokenStandsInAnythingThatIsSaidOrWritten() throws Exception {
        String token = Files.readString(folder.resolve("token")).strip();
        Run refused = program.chancery("sign", "artifact", "--identity-token", token, "--signing-config", lab("LAB_SIGNING_CONFIG"), "--trusted-root", root(2));
        refused.failed(2, "CHY-U001");
        assertTrue(!(refused.out() + refused.err()).contains(token));
        signed(2, "sign", "artifact", "--identity-token", "token", "--bundle", "m.json");
        for (String file : List.of("m.json", "audit.log")) {
            assertTrue(!Files.readString(folder.resolve(file)).contains(token), file);
        }
    }
}
