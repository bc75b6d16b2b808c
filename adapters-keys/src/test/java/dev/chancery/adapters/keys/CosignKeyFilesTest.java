package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// cosign 3 reads our key files, and we read its.
@Tag("interop")
final class CosignKeyFilesTest {
    @ParameterizedTest
    @EnumSource(value = KeySpec.class, names = {"P_256", "P_384", "P_521", "ED25519", "RSA_2048", "RSA_4096"})
    void cosignReadsOurKeys(KeySpec spec, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        PublicKey made = TestKeys.generate(file, spec, FileFormat.SIGSTORE);
        assertTrue(cosign(folder, TestKeys.PASSPHRASE, "public-key", "--key", file.toString()).contains(made.pem()));
    }

    @ParameterizedTest
    @ValueSource(strings = {TestKeys.PASSPHRASE, "plain ascii", ""})
    void aKeyThatCosignMakesSigns(String passphrase, @TempDir Path folder) throws Exception {
        cosign(folder, passphrase, "generate-key-pair");
        TestKeys.assertSignsAs(Files.readString(folder.resolve("cosign.pub")), folder.resolve("cosign.key"), passphrase);
    }

    @Test
    void aKeyThatCosignImportsSigns(@TempDir Path folder) throws Exception {
        for (String kind : new String[] {"RSA -pkeyopt rsa_keygen_bits:3072", "EC -pkeyopt ec_paramgen_curve:P-384", "ED25519"}) {
            Path plain = folder.resolve("plain.pem");
            Commands.run(folder, "", ("openssl genpkey -quiet -out " + plain + " -algorithm " + kind).split(" ", -1));
            cosign(folder, TestKeys.PASSPHRASE, "import-key-pair", "--yes", "--key", plain.toString());
            String publicKey = Commands.run(folder, "", "openssl", "pkey", "-in", plain.toString(), "-pubout");
            assertEquals(publicKey, Files.readString(folder.resolve("import-cosign.pub")));
            TestKeys.assertSignsAs(publicKey, folder.resolve("import-cosign.key"), TestKeys.PASSPHRASE);
            Files.delete(folder.resolve("import-cosign.key"));
            Files.delete(folder.resolve("import-cosign.pub"));
        }
    }

    private static String cosign(Path folder, String passphrase, String... arguments) throws Exception {
        String lab = System.getenv().getOrDefault("CHANCERY_LAB", System.getProperty("user.home") + "/.cache/chancery-lab");
        String[] command = new String[arguments.length + 1];
        command[0] = lab + "/bin/cosign";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Commands.run(folder, Map.of("COSIGN_PASSWORD", passphrase), "", command);
    }
}
