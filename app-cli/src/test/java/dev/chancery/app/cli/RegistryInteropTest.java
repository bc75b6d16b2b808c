package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.app.cli.Program.Run;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Who signs what where, and who verifies it: real registries of the lab, and cosign. The table is docs/interop.md.
@Tag("interop")
class RegistryInteropTest {
    private static final String WITH_API = "127.0.0.1:23021";
    private static final String WITHOUT_API = "127.0.0.1:23020";
    private static final String TYPE = "https://example.com/t/v1";

    @TempDir
    Path folder = Path.of("unset");

    private int artifacts;

    private Program program() {
        return new Program(folder);
    }

    private Run chancery(String... arguments) throws Exception {
        return program().chancery(arguments);
    }

    private Run cosign(String... arguments) throws Exception {
        return program().cosign(arguments);
    }

    private static String lab(String... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(Path.of(System.getProperty("chancery.root"), "lab", words[0]).toString()));
        command.addAll(List.of(words).subList(1, words.length));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), said);
        return said;
    }

    @BeforeEach
    void prepare() throws Exception {
        lab("install", "registries", "cosign", "cosign2", "skopeo");
        lab("up", "registries");
        chancery("key", "generate", "a.key", "--format", "sigstore").succeeded();
        chancery("key", "export", "a.key", "-o", "a.pub").succeeded();
        cosign("signing-config", "create", "--out", "sc.json").succeeded();
        Files.writeString(folder.resolve("predicate.json"), "{\"name\":\"Prüfung\"}");
    }

    /// A new artifact of one file in a place.
    private String push(String place) throws Exception {
        String name = "file" + artifacts++;
        Files.writeString(folder.resolve(name), name + " " + System.nanoTime());
        chancery("push", name, place + ":" + name).succeeded();
        return name;
    }

    /// The registry part of a reference, as cosign writes it.
    private static String plain(String reference) {
        return reference.replaceFirst("^oci://", "");
    }

    /// A way to sign.
    private interface Signer {
        Run sign(String reference, boolean attestation) throws Exception;
    }

    /// A way to verify.
    private interface Verifier {
        Run verify(String reference, boolean attestation) throws Exception;
    }

    private Run byChancery(String reference, boolean attestation, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(attestation ? "attest" : "sign", reference));
        if (attestation) {
            words.addAll(List.of("--predicate", "predicate.json", "--predicate-type", TYPE));
        }
        words.addAll(List.of(more));
        return chancery(words.toArray(String[]::new));
    }

    private Run byCosign(String reference, boolean attestation, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(attestation ? "attest" : "sign", "-y"));
        if (attestation) {
            words.addAll(List.of("--predicate", "predicate.json", "--type", TYPE));
        }
        words.addAll(List.of(more));
        words.add(plain(reference));
        return cosign(words.toArray(String[]::new));
    }

    private Run withChancery(String reference, boolean attestation, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of("verify", reference));
        if (attestation) {
            words.addAll(List.of("--type", TYPE));
        }
        words.addAll(List.of(more));
        return chancery(words.toArray(String[]::new));
    }

    private Run withCosign(String reference, boolean attestation, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(attestation ? "verify-attestation" : "verify"));
        if (attestation) {
            words.addAll(List.of("--type", TYPE));
        }
        words.addAll(List.of(more));
        words.add(plain(reference));
        return cosign(words.toArray(String[]::new));
    }

    /// skopeo takes images by its policy's sigstoreSigned, which reads cosign 2's layout.
    private Run withSkopeo(String reference, String key) throws Exception {
        String host = plain(reference).replaceFirst("/.*", "");
        Files.writeString(folder.resolve("policy.json"), "{\"default\":[{\"type\":\"reject\"}],\"transports\":{\"docker\":{\"" + host
                + "\":[{\"type\":\"sigstoreSigned\",\"keyPath\":\"" + key + "\",\"signedIdentity\":{\"type\":\"matchRepository\"}}]}}}");
        Files.createDirectories(folder.resolve("registries.d"));
        Files.writeString(folder.resolve("registries.d/default.yaml"), "default-docker: {use-sigstore-attachments: true}\n");
        return program().run(List.of(Program.lab().resolve("bin/skopeo").toString(), "--policy", "policy.json", "--registries.d", "registries.d", "copy",
                "--src-tls-verify=false", "docker://" + plain(reference), "dir:pulled" + artifacts++));
    }

    private Run byCosign2(String reference, boolean attestation, Map<String, String> environment, String... more) throws Exception {
        List<String> words = new ArrayList<>(List.of(Program.lab().resolve("bin/cosign2").toString(), attestation ? "attest" : "sign", "-y"));
        if (attestation) {
            words.addAll(List.of("--predicate", "predicate.json", "--type", TYPE));
        }
        words.addAll(List.of(more));
        words.add(plain(reference));
        Program program = program();
        environment.forEach(program::with);
        return program.run(words);
    }

    /// What cosign 2 wants as files, out of a trusted root.
    private Map<String, String> rootsOfCosign2(String trustedRoot) throws Exception {
        Files.writeString(folder.resolve("split.py"), """
                import json, sys, textwrap
                root = json.load(open(sys.argv[1]))
                def pem(name, kind, raws):
                    with open(name, 'w') as out:
                        for raw in raws:
                            out.write(f'-----BEGIN {kind}-----\\n' + '\\n'.join(textwrap.wrap(raw, 64)) + f'\\n-----END {kind}-----\\n')
                pem('fulcio.pem', 'CERTIFICATE', [c['rawBytes'] for a in root['certificateAuthorities'] for c in a['certChain']['certificates']])
                pem('ct.pem', 'PUBLIC KEY', [log['publicKey']['rawBytes'] for log in root['ctlogs']])
                pem('rekor.pem', 'PUBLIC KEY', [log['publicKey']['rawBytes'] for log in root['tlogs']])
                """);
        program().run(List.of("python3", "split.py", trustedRoot)).succeeded();
        return Map.of("SIGSTORE_ROOT_FILE", folder.resolve("fulcio.pem").toString(), "SIGSTORE_CT_LOG_PUBLIC_KEY_FILE", folder.resolve("ct.pem").toString(),
                "SIGSTORE_REKOR_PUBLIC_KEY", folder.resolve("rekor.pem").toString());
    }

    private static Map<String, String> services(String rig) throws Exception {
        Map<String, String> services = new LinkedHashMap<>();
        lab("env", rig).lines().filter(line -> line.startsWith("export ")).forEach(line -> {
            int equals = line.indexOf('=');
            services.put(line.substring("export ".length(), equals), line.substring(equals + 1).replaceAll("^[\"']|[\"']$", ""));
        });
        return services;
    }

    private static String of(Map<String, String> services, String name) {
        return java.util.Objects.requireNonNull(services.get(name), name);
    }

    private static String mark(Run run) {
        return run.status() == 0 ? "yes" : "no";
    }

    /// @param skopeo whether the layout is one that skopeo knows
    private void rows(List<String> table, String signedBy, String what, Signer signer, Verifier withCosign, Verifier withChancery, boolean skopeo) throws Exception {
        for (boolean attestation : List.of(false, true)) {
            Map<String, String> places = new LinkedHashMap<>();
            places.put("with the API", "oci://" + WITH_API + "/interop/a");
            places.put("without", "oci://" + WITHOUT_API + "/interop/a");
            for (Map.Entry<String, String> place : places.entrySet()) {
                String reference = place.getValue() + ":" + push(place.getValue());
                Run signed = signer.sign(reference, attestation);
                assertEquals(0, signed.status(), () -> signedBy + ": " + signed.out() + signed.err());
                table.add("| " + signedBy + " | " + what + (attestation ? " attestation" : " signature") + " | " + place.getKey() + " | "
                        + mark(withCosign.verify(reference, attestation)) + " | " + mark(withChancery.verify(reference, attestation)) + " | "
                        + (skopeo && !attestation ? mark(withSkopeo(reference, "a.pub")) : "–") + " |");
                if (place.getKey().equals("without")) {
                    String layout = "oci-layout:layout" + artifacts;
                    chancery("copy", reference, layout + ":x").succeeded();
                    table.add("| " + signedBy + " | " + what + (attestation ? " attestation" : " signature") + " | OCI layout | – | "
                            + mark(withChancery.verify(layout + ":x", attestation)) + " | – |");
                }
            }
        }
    }

    @Test
    void theTableIsTheReviewedOne() throws Exception {
        lab("install", "rekor1");
        lab("up", "rekor1");
        Map<String, String> services = services("sigstore");
        Map<String, String> older = services("rekor1");
        Run token = program().run(List.of("curl", "-sf", "-o", "token", of(services, "LAB_OIDC_TOKEN_URL") + "?email=" + of(services, "LAB_IDENTITY")));
        token.succeeded();
        String[] keyless = {"--identity-token", "token", "--signing-config", of(services, "LAB_SIGNING_CONFIG"), "--trusted-root", of(services, "LAB_TRUSTED_ROOT")};
        String[] identity = {"--certificate-identity", of(services, "LAB_IDENTITY"), "--certificate-oidc-issuer", of(services, "LAB_OIDC_ISSUER"),
            "--trusted-root", of(services, "LAB_TRUSTED_ROOT")};
        String[] key = {"--key", "a.pub"};
        String[] keyOfCosign = {"--key", "a.pub", "--insecure-ignore-tlog", "--private-infrastructure"};
        Verifier cosignKey = (reference, attestation) -> withCosign(reference, attestation, keyOfCosign);
        Verifier chanceryKey = (reference, attestation) -> withChancery(reference, attestation, key);
        Verifier cosignIdentity = (reference, attestation) -> withCosign(reference, attestation, identity);
        Verifier chanceryIdentity = (reference, attestation) -> withChancery(reference, attestation, identity);
        List<String> table = new ArrayList<>();
        rows(table, "Chancery", "key", (reference, attestation) -> byChancery(reference, attestation, "--key", "a.key"), cosignKey, chanceryKey, false);
        rows(table, "Chancery, `--layout cosign2`", "key",
                (reference, attestation) -> byChancery(reference, attestation, "--key", "a.key", "--layout", "cosign2"), cosignKey, chanceryKey, true);
        rows(table, "Chancery", "keyless", (reference, attestation) -> byChancery(reference, attestation, keyless), cosignIdentity, chanceryIdentity, false);
        rows(table, "cosign 3", "key",
                (reference, attestation) -> byCosign(reference, attestation, "--key", "a.key", "--signing-config", "sc.json"), cosignKey, chanceryKey, false);
        rows(table, "cosign 3 in cosign 2's layout", "key", (reference, attestation) -> byCosign(reference, attestation, "--key", "a.key",
                "--new-bundle-format=false", "--use-signing-config=false", "--tlog-upload=false"), cosignKey, chanceryKey, true);
        rows(table, "cosign 3", "keyless", (reference, attestation) -> byCosign(reference, attestation, keyless), cosignIdentity, chanceryIdentity, false);
        rows(table, "cosign 2", "key", (reference, attestation) -> byCosign2(reference, attestation, Map.of(), "--key", "a.key", "--tlog-upload=false"), cosignKey,
                chanceryKey, true);
        Map<String, String> roots = rootsOfCosign2(of(older, "LAB_TRUSTED_ROOT_REKOR1"));
        String[] olderIdentity = identity.clone();
        olderIdentity[olderIdentity.length - 1] = of(older, "LAB_TRUSTED_ROOT_REKOR1");
        rows(table, "cosign 2", "keyless", (reference, attestation) -> byCosign2(reference, attestation, roots, "--identity-token", "token", "--fulcio-url",
                of(services, "LAB_FULCIO_URL"), "--rekor-url", of(older, "LAB_REKOR1_URL")), (reference, attestation) -> withCosign(reference, attestation, olderIdentity),
                (reference, attestation) -> withChancery(reference, attestation, olderIdentity), false);
        Path page = Path.of(System.getProperty("chancery.root"), "docs/interop.md");
        String text = Files.readString(page);
        String begin = "<!-- table: written by RegistryInteropTest -->\n";
        String found = text.substring(0, text.indexOf(begin) + begin.length())
                + "| signed by | what | where | cosign 3 verifies | Chancery verifies | skopeo verifies |\n|---|---|---|---|---|---|\n" + String.join("\n", table) + "\n";
        if (Boolean.getBoolean("chancery.golden")) {
            Files.writeString(page, found);
        }
        assertEquals(found, text);
    }

    /// Registry, archive, other registry; then cosign verifies there, with nothing left of the first one.
    @Test
    void acrossAnAirGapTheSignaturesAreStillThere() throws Exception {
        int port = freePort();
        Process first = new ProcessBuilder(Program.lab().resolve("bin/olareg").toString(), "serve", "--addr", "127.0.0.1", "--port", Integer.toString(port),
                "--store-type", "mem").redirectErrorStream(true).redirectOutput(folder.resolve("olareg.log").toFile()).start();
        try {
            acrossAnAirGap("oci://127.0.0.1:" + port + "/interop/gap", first);
        } finally {
            first.destroyForcibly().waitFor();
        }
    }

    private static int freePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private void acrossAnAirGap(String from, Process first) throws Exception {
        program().run(List.of("curl", "-sf", "--retry", "20", "--retry-connrefused", "--retry-delay", "1", from.replaceFirst("^oci", "http").replaceFirst("/interop.*", "/v2/")))
                .succeeded();
        String tag = push(from);
        byCosign(from + ":" + tag, false, "--key", "a.key", "--signing-config", "sc.json").succeeded();
        byCosign(from + ":" + tag, true, "--key", "a.key", "--signing-config", "sc.json").succeeded();
        byChancery(from + ":" + tag, false, "--key", "a.key", "--layout", "cosign2").succeeded();
        chancery("copy", from + ":" + tag, "oci-archive:gap.tar").succeeded();
        first.destroyForcibly().waitFor();
        assertEquals(3, chancery("verify", from + ":" + tag, "--key", "a.pub").status(), "the first registry is gone");
        String to = "oci://" + WITHOUT_API + "/interop/beyond";
        chancery("copy", "oci-archive:gap.tar:" + tag, to, "--key", "a.pub").succeeded();
        withCosign(to + ":" + tag, false, "--key", "a.pub", "--insecure-ignore-tlog", "--private-infrastructure").succeeded();
        withCosign(to + ":" + tag, true, "--key", "a.pub", "--insecure-ignore-tlog", "--private-infrastructure").succeeded();
        Run again = chancery("copy", "oci-archive:gap.tar:" + tag, to);
        again.succeeded();
        assertTrue(again.out().contains(" 0 of them sent"), again::out);
        Run tree = chancery("tree", to + ":" + tag, "--key", "a.pub");
        tree.succeeded();
        assertEquals(3, tree.out().lines().filter(line -> line.startsWith("  referrer") || line.startsWith("  sha256-")).count(), tree::out);
    }

    @Test
    void skopeoRefusesWhatAnotherKeyHasSigned() throws Exception {
        chancery("key", "generate", "other.key").succeeded();
        chancery("key", "export", "other.key", "-o", "other.pub").succeeded();
        String reference = "oci://" + WITH_API + "/interop/skopeo";
        String tag = push(reference);
        byChancery(reference + ":" + tag, false, "--key", "a.key", "--layout", "cosign2").succeeded();
        withSkopeo(reference + ":" + tag, "a.pub").succeeded();
        assertEquals(1, withSkopeo(reference + ":" + tag, "other.pub").status());
    }

    @Test
    void whatIsPushedSignedIsPulledOnlyWithTheRightKey() throws Exception {
        Files.writeString(folder.resolve("app.bin"), "the app");
        chancery("key", "generate", "other.key").succeeded();
        chancery("key", "export", "other.key", "-o", "other.pub").succeeded();
        for (String host : List.of(WITH_API, WITHOUT_API)) {
            String reference = "oci://" + host + "/interop/files:" + System.nanoTime();
            chancery("push", "app.bin", reference, "--sign", "--key", "a.key", "--artifact-type", "application/vnd.example.app",
                    "--annotation", "com.example.a=b").succeeded();
            Run refused = chancery("pull", reference, "--key", "other.pub", "-o", "none");
            assertEquals(1, refused.status(), refused::err);
            assertTrue(Files.notExists(folder.resolve("none")));
            chancery("pull", reference, "--key", "a.pub", "-o", "app" + host.length() + host.hashCode()).succeeded();
            assertEquals("the app", Files.readString(folder.resolve("app" + host.length() + host.hashCode()).resolve("app.bin")));
        }
    }
}
