package dev.chancery.app.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `key show` says of other verifiers is what they do.
@Tag("interop")
class BundleVerifierTest {
    private static final String PREDICATE_TYPE = "https://example.com/t/v1";

    @TempDir
    Path folder = Path.of("unset");

    private Program program = new Program(folder);

    @Test
    void eachVerifierTakesWhatKeyShowSaysAndNoMore() throws Exception {
        Program.install("cosign");
        Program.install("verifiers");
        program = new Program(folder).with("LAB_NODE", Program.lab().resolve("node").toString());
        Files.writeString(folder.resolve("artifact"), "some content\n");
        Files.writeString(folder.resolve("predicate.json"), "{}");
        Map<String, String> said = new LinkedHashMap<>();
        Map<String, String> found = new LinkedHashMap<>();
        for (String type : List.of("p256", "p384", "p521", "ed25519", "rsa2048", "rsa3072", "rsa4096", "ml-dsa-65")) {
            program.chancery("key", "generate", type + ".key", "--type", type).succeeded();
            program.chancery("key", "export", type + ".key", "-o", type + ".pub").succeeded();
            String shown = program.chancery("key", "show", type + ".key", "--output", "json").out().strip();
            JsonFields key = JsonFields.of(StrictJson.parse(Bytes.ofUtf8(shown), 1 << 16), "");
            for (var verifiers : JsonFields.membersOf(key.required("verifiers"), "verifiers").entrySet()) {
                String algorithm = verifiers.getKey();
                JsonFields of = JsonFields.of(verifiers.getValue(), algorithm);
                said.put(type + " " + algorithm, of.requiredText("cosign 3") + " " + of.requiredText("sigstore-go") + " " + of.requiredText("sigstore-js"));
                found.put(type + " " + algorithm, taken(type, algorithm));
            }
        }
        assertEquals(said, found);
    }

    private String taken(String type, String algorithm) throws Exception {
        String key = type + ".pub";
        program.chancery("sign", "artifact", "--key", type + ".key", "--algorithm", algorithm, "--bundle", "m.json", "--force").succeeded();
        program.chancery("attest", "artifact", "--key", type + ".key", "--algorithm", algorithm, "--predicate", "predicate.json",
                "--predicate-type", PREDICATE_TYPE, "--bundle", "d.json", "--force").succeeded();
        program.chancery("verify", "artifact", "--key", key, "--algorithm", algorithm, "--bundle", "m.json").succeeded();
        return word(program.cosign("verify-blob", "--key", key, "--bundle", "m.json", "--insecure-ignore-tlog", "artifact"),
                        program.cosign("verify-blob-attestation", "--key", key, "--bundle", "d.json", "--insecure-ignore-tlog",
                                "--type", PREDICATE_TYPE, "artifact"))
                + " " + word(go("m.json", key), go("d.json", key))
                + " " + word(javascript("m.json", key), javascript("d.json", key));
    }

    private Program.Run go(String bundle, String key) throws Exception {
        return program.run(List.of(Program.lab().resolve("bin/sigstore-go-key").toString(), "artifact", bundle, key));
    }

    private Program.Run javascript(String bundle, String key) throws Exception {
        return program.run(List.of("node", System.getProperty("chancery.root") + "/lab/verifiers/verify-key.mjs", "artifact", bundle, key));
    }

    private static String word(Program.Run files, Program.Run statements) {
        if (files.status() == 0 && statements.status() == 0) {
            return "all";
        }
        return files.status() == 0 ? "files" : statements.status() == 0 ? "statements" : "none";
    }
}
