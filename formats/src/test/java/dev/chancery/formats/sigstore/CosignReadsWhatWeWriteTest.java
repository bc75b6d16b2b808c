package dev.chancery.formats.sigstore;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.trust.ServiceGroup;
import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// cosign signs with our signing configuration, and verifies with our trusted roots what our codec has written.
@Tag("interop")
class CosignReadsWhatWeWriteTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makeKeyAndArtifact() throws Exception {
        Files.writeString(folder.resolve("artifact"), "ein Schlüssel\n");
        Files.writeString(folder.resolve("predicate.json"), "{\"a\": [1.50, \"é\"]}");
        cosign("generate-key-pair");
        Bytes none = SigningConfigCodec.write(new SigningConfig(List.of(), List.of(), ServiceGroup.NONE, ServiceGroup.NONE));
        write("signing-config.json", none);
        write("root.json", TrustedRootCodec.write(TrustedRootCodec.read(Golden.in("cosign").file("trusted-root.json"))));
        write("empty-root.json", TrustedRootCodec.write(new TrustedRoot(List.of(), List.of(), List.of(), List.of())));
    }

    @Test
    void aMessageSignature() throws Exception {
        cosign("sign-blob", "-y", "--key", "cosign.key", "--signing-config", "signing-config.json", "--bundle", "m.json", "artifact");
        rewrite("m.json");
        for (String root : List.of("root.json", "empty-root.json")) {
            cosign("verify-blob", "--key", "cosign.pub", "--trusted-root", root, "--insecure-ignore-tlog", "--bundle", "m.json", "artifact");
        }
    }

    @Test
    void anAttestation() throws Exception {
        cosign("attest-blob", "-y", "--key", "cosign.key", "--signing-config", "signing-config.json", "--predicate", "predicate.json",
                "--type", "https://example.com/t", "--bundle", "s.json", "artifact");
        rewrite("s.json");
        cosign("verify-blob-attestation", "--key", "cosign.pub", "--trusted-root", "root.json", "--insecure-ignore-tlog",
                "--type", "https://example.com/t", "--bundle", "s.json", "artifact");
    }

    private void rewrite(String name) throws Exception {
        write(name, BundleCodec.write(BundleCodec.read(Bytes.copyOf(Files.readAllBytes(folder.resolve(name))))));
    }

    private void write(String name, Bytes content) throws IOException {
        Files.write(folder.resolve(name), content.toByteArray());
    }

    private void cosign(String... arguments) throws IOException, InterruptedException {
        String lab = System.getenv().getOrDefault("CHANCERY_LAB", System.getProperty("user.home") + "/.cache/chancery-lab");
        List<String> command = new ArrayList<>(List.of(lab + "/bin/cosign"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().put("COSIGN_PASSWORD", "");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), () -> String.join(" ", command) + "\n" + output);
    }
}
