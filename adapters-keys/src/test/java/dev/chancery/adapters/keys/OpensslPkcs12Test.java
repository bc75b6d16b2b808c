package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// PKCS #12 files as OpenSSL makes them, and as they are damaged.
final class OpensslPkcs12Test {
    private static final Pkcs12Backend BACKEND = new Pkcs12Backend(new SecureRandom());
    private static final String PASSPHRASE = "correct horse";

    @ParameterizedTest
    @ValueSource(strings = {"EC -pkeyopt ec_paramgen_curve:P-256", "EC -pkeyopt ec_paramgen_curve:P-521", "RSA -pkeyopt rsa_keygen_bits:2048",
        "ED25519"})
    void theOneKeyOfAFileIsMeantByItsPath(String kind, @TempDir Path folder) throws Exception {
        String publicKey = export(folder, kind, PASSPHRASE);
        for (String ref : new String[] {folder + "/key.p12", "jca:pkcs12;file=" + folder + "/key.p12", "jca:pkcs12;file=" + folder + "/key.p12;alias=signing"}) {
            TestKeys.assertSignsAs(publicKey, BACKEND, KeyRef.parse(ref), PASSPHRASE);
        }
    }

    @Test
    void aPassphraseBeyondAsciiOpensTheFile(@TempDir Path folder) throws Exception {
        String publicKey = export(folder, "ED25519", "pässwörd 鍵");
        TestKeys.assertSignsAs(publicKey, BACKEND, KeyRef.parse(folder + "/key.p12"), "pässwörd 鍵");
    }

    @Test
    void aFileThatOthersCanReadIsUsedAndItsDescriptionSaysSo(@TempDir Path folder) throws Exception {
        export(folder, "ED25519", PASSPHRASE);
        Files.setPosixFilePermissions(folder.resolve("key.p12"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        KeyDescription description = BACKEND.custodian().describe(KeyRef.parse(folder + "/key.p12"), TestKeys.access(PASSPHRASE));
        assertEquals("rw-r--r--: others can read the encrypted file", description.facts().getLast().value());
    }

    @Test
    void whatIsNoSoundFileIsRefused(@TempDir Path folder) throws Exception {
        export(folder, "ED25519", PASSPHRASE);
        byte[] good = Files.readAllBytes(folder.resolve("key.p12"));
        assertRefused(ErrorCode.KEY_FILE_INVALID, folder, new byte[0]);
        assertRefused(ErrorCode.KEY_FILE_INVALID, folder, "garbage".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        assertRefused(ErrorCode.KEY_FILE_INVALID, folder, Arrays.copyOf(good, good.length / 2));
        assertRefused(ErrorCode.KEY_FILE_INVALID, folder, new byte[(1 << 20) + 1]);
        byte[] changed = good.clone();
        changed[good.length / 2] ^= 1;
        KeyException refusal = assertThrows(KeyException.class, () -> open(folder, changed));
        assertTrue(refusal.problem().code() == ErrorCode.PASSPHRASE_WRONG || refusal.problem().code() == ErrorCode.KEY_FILE_INVALID);
    }

    @Test
    void aFileWithoutAPrivateKeyHasNone(@TempDir Path folder) throws Exception {
        export(folder, "ED25519", PASSPHRASE);
        Commands.run(folder, PASSPHRASE, "openssl", "pkcs12", "-export", "-nokeys", "-in", "key.crt", "-out", "certificate.p12", "-passout", "stdin");
        KeyException refusal = assertThrows(KeyException.NotOne.class,
                () -> BACKEND.open(KeyRef.parse(folder + "/certificate.p12"), TestKeys.access(PASSPHRASE)));
        assertEquals(ErrorCode.KEY_NOT_FOUND, refusal.problem().code());
    }

    @Test
    void aReferenceWithoutAFileIsMalformed() {
        KeyException refusal = assertThrows(KeyException.class, () -> BACKEND.open(KeyRef.parse("jca:pkcs12;alias=x"), TestKeys.access(PASSPHRASE)));
        assertEquals(ErrorCode.KEY_URI_MALFORMED, refusal.problem().code());
    }

    /// @return the public key, in PEM
    private static String export(Path folder, String kind, String passphrase) throws Exception {
        Commands.run(folder, "", ("openssl genpkey -quiet -out key.pem -algorithm " + kind).split(" ", -1));
        Commands.run(folder, "", "openssl", "req", "-x509", "-new", "-key", "key.pem", "-subj", "/CN=x", "-days", "365", "-out", "key.crt");
        Commands.run(folder, passphrase, "openssl", "pkcs12", "-export", "-inkey", "key.pem", "-in", "key.crt", "-name", "signing", "-out", "key.p12",
                "-passout", "stdin");
        return Commands.run(folder, "", "openssl", "pkey", "-in", "key.pem", "-pubout");
    }

    private static void assertRefused(ErrorCode code, Path folder, byte[] content) {
        assertEquals(code, assertThrows(KeyException.class, () -> open(folder, content)).problem().code());
    }

    private static void open(Path folder, byte[] content) throws Exception {
        Path file = Files.write(folder.resolve("bad.pfx"), content);
        BACKEND.open(new KeyRef.KeyFile(file.toString()), TestKeys.access(PASSPHRASE)).close();
    }
}
