package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// OpenSSL 3.0's command line reads our key files, and we read its.
final class OpensslKeyFilesTest {
    private static final String PASSPHRASE = TestKeys.PASSPHRASE;

    @ParameterizedTest
    @EnumSource(value = KeySpec.class, names = {"P_256", "P_384", "P_521", "ED25519", "RSA_2048", "RSA_3072"})
    void opensslReadsOurKeysPlainAndEncrypted(KeySpec spec, @TempDir Path folder) throws Exception {
        for (FileFormat format : List.of(FileFormat.PKCS8_PLAIN, FileFormat.PKCS8_ENCRYPTED)) {
            Path file = folder.resolve(format + ".pem");
            PublicKey made = TestKeys.generate(file, spec, format);
            assertEquals(made.pem(), opensslPublicKey(folder, file));
            assertEquals("Key is valid\n", openssl(folder, "pkey", "-check", "-noout", "-in", file.toString(), "-passin", "stdin"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"EC -pkeyopt ec_paramgen_curve:P-256", "EC -pkeyopt ec_paramgen_curve:P-384",
        "EC -pkeyopt ec_paramgen_curve:P-521", "ED25519", "RSA -pkeyopt rsa_keygen_bits:2048", "RSA -pkeyopt rsa_keygen_bits:2049",
        "RSA-PSS -pkeyopt rsa_keygen_bits:2048"})
    void keysThatOpensslMakesSign(String kind, @TempDir Path folder) throws Exception {
        Path file = TestKeys.write(folder.resolve("key.pem"), "");
        openssl(folder, ("genpkey -quiet -out " + file + " -algorithm " + kind).split(" ", -1));
        assertTrue(Files.readString(file).startsWith("-----BEGIN PRIVATE KEY-----"));
        String publicKey = kind.startsWith("RSA-PSS")
                ? asPlainRsa(folder, file)
                : opensslPublicKey(folder, file);
        TestKeys.assertSignsAs(publicKey, file, "");
    }

    /// An RSA-PSS key without parameters is the RSA key with the same numbers; OpenSSL tells that one's public half.
    private static String asPlainRsa(Path folder, Path file) throws Exception {
        // The RSAPrivateKey (RFC 8017 §A.1.2) is in the OCTET STRING after the version and the algorithm, at byte 20.
        openssl(folder, "asn1parse", "-in", file.toString(), "-strparse", "20", "-noout", "-out", "inner.der");
        String[] lines = openssl(folder, "rsa", "-inform", "DER", "-in", "inner.der", "-pubout").split("(?=-----BEGIN)", 2);
        return lines[lines.length - 1];
    }

    @ParameterizedTest
    @CsvSource({"aes-128-cbc,hmacWithSHA1", "aes-192-cbc,hmacWithSHA224", "aes-256-cbc,hmacWithSHA256", "aes-256-cbc,hmacWithSHA384",
        "aes-128-cbc,hmacWithSHA512"})
    void itsEncryptedKeysOpenWithEachCipherAndHash(String cipher, String hash, @TempDir Path folder) throws Exception {
        Path plain = p256(folder);
        Path file = folder.resolve("encrypted.pem");
        openssl(folder, "pkcs8", "-topk8", "-in", plain.toString(), "-out", file.toString(), "-passout", "stdin", "-v2", cipher, "-v2prf", hash);
        TestKeys.assertSignsAs(opensslPublicKey(folder, plain), file, PASSPHRASE);
    }

    @Test
    void anEmptyPassphraseOpensWhatWasEncryptedWithOne(@TempDir Path folder) throws Exception {
        Path plain = p256(folder);
        Path file = folder.resolve("encrypted.pem");
        Commands.run(folder, "", "openssl", "pkcs8", "-topk8", "-in", plain.toString(), "-out", file.toString(), "-passout", "pass:");
        TestKeys.assertSignsAs(opensslPublicKey(folder, plain), file, "");
    }

    @ParameterizedTest
    @CsvSource({"-scrypt,1.3.6.1.4.1.11591.4.11", "-v1 PBE-SHA1-3DES,1.2.840.113549.1.12.1.3", "-v2 des3,1.2.840.113549.3.7"})
    void otherEncryptionsAreRefusedByNameBeforeAnybodyIsAsked(String option, String oid, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("encrypted.pem");
        openssl(folder, ("pkcs8 -topk8 -in " + p256(folder) + " -out " + file + " -passout stdin " + option).split(" ", -1));
        assertRefused(file, "algorithm " + oid);
    }

    @Test
    void aCurveThatIsSpelledOutIsRefused(@TempDir Path folder) throws Exception {
        Path file = TestKeys.write(folder.resolve("key.pem"), "");
        openssl(folder, "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-pkeyopt", "ec_param_enc:explicit",
                "-out", file.toString());
        assertRefused(file, "spells out its curve's parameters");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "EC -pkeyopt ec_paramgen_curve:secp256k1          | its curve 1.3.132.0.10 is not",
        "EC -pkeyopt ec_paramgen_curve:brainpoolP256r1    | its curve 1.3.36.3.3.2.8.1.1.7 is not",
        "X25519                                           | 1.3.101.110",
        "ED448                                            | 1.3.101.113",
        "RSA -pkeyopt rsa_keygen_bits:1024                | an RSA key of 1024 bits",
        "RSA -pkeyopt rsa_keygen_bits:4104                | an RSA key of 4104 bits",
        "RSA-PSS -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_pss_keygen_md:sha256 | an RSA-PSS key with parameters"})
    void otherKindsAndSizesAreRefusedByName(String kind, String why, @TempDir Path folder) throws Exception {
        Path file = TestKeys.write(folder.resolve("key.pem"), "");
        openssl(folder, ("genpkey -quiet -out " + file + " -algorithm " + kind).split(" ", -1));
        assertRefused(file, why);
    }

    @ParameterizedTest
    @CsvSource({"ecparam -name prime256v1 -genkey -noout,EC PRIVATE KEY", "ecparam -name prime256v1 -genkey,EC PARAMETERS",
        "genrsa -traditional 2048,RSA PRIVATE KEY"})
    void theFormsBeforePkcs8AreRefusedWithTheCommandThatConvertsThem(String command, String label, @TempDir Path folder) throws Exception {
        Path old = TestKeys.write(folder.resolve("old.pem"), "");
        openssl(folder, command.replace("2048", "-out " + old + " 2048").replace("-genkey", "-out " + old + " -genkey").split(" ", -1));
        KeyException refusal = assertRefused(old, label);
        String conversion = refusal.problem().remedy().replaceAll("^.*: ", "").replace("OLD.pem", old.toString());
        Path converted = folder.resolve("new.pem");
        openssl(folder, conversion.replace("NEW.pem", converted + " -passout stdin").substring("openssl ".length()).split(" ", -1));
        TestKeys.assertSignsAs(opensslPublicKey(folder, old), converted, PASSPHRASE);
    }

    private static Path p256(Path folder) throws Exception {
        Path file = TestKeys.write(folder.resolve("p256.pem"), "");
        openssl(folder, "genpkey", "-quiet", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", file.toString());
        return file;
    }

    private static String opensslPublicKey(Path folder, Path file) throws Exception {
        return openssl(folder, "pkey", "-in", file.toString(), "-pubout", "-passin", "stdin");
    }

    private static String openssl(Path folder, String... arguments) throws Exception {
        String[] command = new String[arguments.length + 1];
        command[0] = "openssl";
        System.arraycopy(arguments, 0, command, 1, arguments.length);
        return Commands.run(folder, PASSPHRASE, command);
    }

    private static KeyException assertRefused(Path file, String why) {
        FixedPinEntry pinEntry = FixedPinEntry.of(PASSPHRASE);
        KeyException refusal = assertThrowsExactly(KeyException.BackendUnusable.class,
                () -> TestKeys.backend().open(new KeyRef.KeyFile(file.toString()), TestKeys.access(pinEntry)));
        assertEquals(ErrorCode.KEY_FILE_INVALID, refusal.problem().code());
        assertTrue(refusal.problem().why().contains(why), refusal.problem().why());
        assertEquals(0, pinEntry.prompts().size(), "nobody was asked");
        return refusal;
    }
}
