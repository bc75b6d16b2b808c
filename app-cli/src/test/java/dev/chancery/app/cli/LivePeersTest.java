package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.app.cli.Program.Run;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What peers sign now, on the lab's Sigstore services, is accepted, and for another artifact it is rejected.
@Tag("interop")
class LivePeersTest {
    private static final String ROOT = System.getProperty("chancery.root");

    /// What every script begins with: the lab's addresses, an identity token, a key.
    private static final String SETTING = """
            set -euo pipefail
            eval "$('%s/lab/env' sigstore rekor1)"
            export COSIGN_PASSWORD=lab COSIGN_YES=true
            root=$LAB_TRUSTED_ROOT config=$LAB_SIGNING_CONFIG trust=$LAB_TRUST_CONFIG
            if [ "${1:-v2}" = v1 ]; then root=$LAB_TRUSTED_ROOT_REKOR1 config=$LAB_SIGNING_CONFIG_REKOR1 trust=$LAB_TRUST_CONFIG_REKOR1; fi
            cp "$root" root.json
            curl -sf "$LAB_OIDC_TOKEN_URL?email=$LAB_IDENTITY" -o token
            [ -f key.key ] || cosign generate-key-pair --output-key-prefix key
            """.formatted(ROOT);

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @BeforeAll
    static void lab() throws Exception {
        for (String rig : List.of("rekor1", "verifiers", "cosign2")) {
            Program.install(rig);
        }
        Process up = new ProcessBuilder(ROOT + "/lab/up", "rekor1").inheritIO().start();
        assertEquals(0, up.waitFor());
    }

    @BeforeEach
    void artifact() throws Exception {
        program = new Program(folder);
        Files.writeString(folder.resolve("artifact.txt"), "hello, chancery\n");
        Files.writeString(folder.resolve("other.txt"), "hello, others\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"tests\":\"passed\"}\n");
    }

    private void sign(String log, String script) throws Exception {
        Run run = program.run(List.of("bash", "-c", SETTING + script, "sign", log));
        assertEquals(0, run.status(), () -> run.out() + run.err());
    }

    /// @param options beside artifact and bundle
    private void acceptedOnlyForItsArtifact(List<String> options) throws Exception {
        Run good = verify("artifact.txt", options);
        good.succeeded();
        Run bad = verify("other.txt", options);
        assertEquals(1, bad.status(), () -> bad.out() + bad.err());
    }

    private Run verify(String artifact, List<String> options) throws Exception {
        List<String> words = new ArrayList<>(List.of("verify", artifact, "--bundle", "b.json", "--offline"));
        words.addAll(options);
        return program.chancery(words.toArray(String[]::new));
    }

    private static final List<String> KEY = List.of("--key", "key.pub", "--trusted-root", "root.json");
    private static final List<String> IDENTITY = List.of("--trusted-root", "root.json", "--certificate-identity", "dev@lab.test", "--certificate-oidc-issuer-regexp",
            "http://127\\.0\\.0\\.1:[0-9]+");

    @ParameterizedTest
    @CsvSource({"v2", "v1"})
    void cosign3(String log) throws Exception {
        sign(log, "cosign sign-blob --key key.key --signing-config $config --trusted-root $root --bundle b.json artifact.txt");
        acceptedOnlyForItsArtifact(KEY);
        sign(log, "cosign attest-blob --key key.key --signing-config $config --trusted-root $root --predicate predicate.json --type https://example.com/t/v1"
                + " --bundle b.json artifact.txt");
        acceptedOnlyForItsArtifact(KEY);
        sign(log, "cosign sign-blob --identity-token token --signing-config $config --trusted-root $root --bundle b.json artifact.txt");
        acceptedOnlyForItsArtifact(IDENTITY);
        sign(log, "cosign attest-blob --identity-token token --signing-config $config --trusted-root $root --predicate predicate.json --type https://example.com/t/v1"
                + " --bundle b.json artifact.txt");
        acceptedOnlyForItsArtifact(IDENTITY);
    }

    @Test
    void cosign3WithATimestampAndNoLog() throws Exception {
        sign("v2", """
                python3 - "$config" <<'E' >timestamps.json
                import json, sys
                config = json.load(open(sys.argv[1]))
                config.pop('rekorTlogUrls', None); config.pop('rekorTlogConfig', None)
                json.dump(config, sys.stdout)
                E
                cosign sign-blob --key key.key --signing-config timestamps.json --trusted-root $root --bundle b.json artifact.txt
                """);
        List<String> waived = new ArrayList<>(KEY);
        waived.add("--insecure-ignore-tlog");
        acceptedOnlyForItsArtifact(waived);
        Run wanted = verify("artifact.txt", KEY);
        wanted.rejected("CHY-V040");
    }

    @ParameterizedTest
    @CsvSource({"v2", "v1"})
    void sigstorePython(String log) throws Exception {
        sign(log, "'" + Program.lab() + "/venv/verifiers/bin/sigstore' --trust-config $trust sign --identity-token \"$(cat token)\" --bundle b.json artifact.txt");
        acceptedOnlyForItsArtifact(IDENTITY);
    }

    @Test
    void sigstoreJs() throws Exception {
        sign("v1", "LAB_NODE='" + Program.lab() + "/node' node '" + ROOT + "/lab/verifiers/sign.mjs' artifact.txt b.json token");
        acceptedOnlyForItsArtifact(IDENTITY);
    }

    /// sigstore-go's own example of a signer: keyless with a certificate, or a key that it makes and throws away.
    @ParameterizedTest
    @CsvSource({"v2, -tsa -rekor", "v1, -tsa -rekor", "v1, -rekor"})
    void sigstoreGo(String log, String evidence) throws Exception {
        String signer = "sigstore-go-signing --signing-config $config --trusted-root $root --id-token \"$(cat token)\" " + evidence;
        sign(log, signer + " artifact.txt | tail -n 1 >b.json");
        acceptedOnlyForItsArtifact(IDENTITY);
        sign(log, """
                printf '{"_type":"https://in-toto.io/Statement/v1","subject":[{"name":"artifact.txt","digest":{"sha256":"%s"}}],"predicateType":"https://example.com/t/v1","predicate":{}}' \
                  "$(sha256sum artifact.txt | cut -d' ' -f1)" >statement.json
                """ + signer + " --in-toto statement.json | tail -n 1 >b.json");
        acceptedOnlyForItsArtifact(IDENTITY);
    }

    @Test
    void cosign2() throws Exception {
        String old = " --rekor-url $LAB_REKOR1_URL --bundle b.json artifact.txt";
        sign("v1", "SIGSTORE_REKOR_PUBLIC_KEY= cosign2 sign-blob --key key.key" + old);
        acceptedOnlyForItsArtifact(KEY);
        sign("v1", "cosign2 sign-blob --new-bundle-format --key key.key" + old);
        acceptedOnlyForItsArtifact(KEY);
    }
}
