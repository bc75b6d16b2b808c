package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrowsExactly;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.FixedPinEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is wrong with a key file is said by its code, in words that say which of the things it is, and without a secret.
final class UnusableKeyFilesTest {
    private static final String HEAD = "-----BEGIN PRIVATE KEY-----\n";
    private static final String TAIL = "-----END PRIVATE KEY-----\n";

    @TestFactory
    Stream<DynamicTest> aTextThatIsNotOnePemBlockIsRefused(@TempDir Path folder) throws Exception {
        String good = plainP256(folder);
        String body = body(good);
        Map<String, String> cases = new LinkedHashMap<>();
        cases.put("", "it is empty");
        cases.put(" \n\t ", "it is empty");
        cases.put("garbage", "it has no PEM block");
        cases.put("-----BEGIN", "it has no PEM block");
        cases.put("-----BEGIN PRIVATE KEY", "there is other text before its PEM block");
        cases.put("Bag Attributes\n" + good, "there is other text before its PEM block");
        cases.put(good + good, "it has more than one PEM block");
        cases.put(good + "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "it has more than one PEM block");
        cases.put(good + "trailing", "there is other text after its PEM block");
        cases.put(HEAD + body, "its PEM block does not end");
        cases.put(HEAD + body + "-----END PUBLIC KEY-----\n", "its PEM block does not end");
        cases.put(HEAD + "Proc-Type: 4,ENCRYPTED\n\n" + body + TAIL, "it has PEM headers");
        cases.put(HEAD + "!" + body + TAIL, "its content is not base64");
        cases.put(HEAD + body.strip() + "A\n" + TAIL, "its content is not base64");
        cases.put("-----BEGIN PUBLIC KEY-----\n" + body + "-----END PUBLIC KEY-----\n", "it holds a public key");
        cases.put("-----BEGIN CERTIFICATE-----\n" + body + "-----END CERTIFICATE-----\n", "it holds a certificate");
        cases.put("-----BEGIN OPENSSH PRIVATE KEY-----\n" + body + "-----END OPENSSH PRIVATE KEY-----\n", "it holds a key of OpenSSH");
        cases.put("-----BEGIN AGE KEY-----\n" + body + "-----END AGE KEY-----\n", "it holds AGE KEY");
        return cases.entrySet().stream().map(bad -> dynamicTest(bad.getValue(), () -> assertInvalid(bad.getKey(), bad.getValue(), folder)));
    }

    @TestFactory
    Stream<DynamicTest> aDamagedKeyInsideTheBlockIsRefused(@TempDir Path folder) throws Exception {
        byte[] der = Base64.getMimeDecoder().decode(body(plainP256(folder)));
        Map<String, byte[]> cases = new LinkedHashMap<>();
        cases.put("nothing", new byte[0]);
        cases.put("a byte after it", Arrays.copyOf(der, der.length + 1));
        cases.put("a byte too few", Arrays.copyOf(der, der.length - 1));
        cases.put("no sequence", new byte[] {5, 0});
        cases.put("a length beyond the end", new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff});
        for (int i = 0; i < der.length; i++) {
            byte[] changed = der.clone();
            changed[i] ^= (byte) 0xff;
            cases.put("byte " + i + " changed", changed);
        }
        return cases.entrySet().stream().map(bad -> dynamicTest(bad.getKey(), () -> {
            KeyRef ref = new KeyRef.EnvironmentKey("KEY");
            KeyFileBackend backend = TestKeys.backend(Map.of("KEY", HEAD + Base64.getEncoder().encodeToString(bad.getValue()) + "\n" + TAIL));
            // A change in the private number makes another good key, and one in an ignored attribute none: anything but an unexplained failure.
            Optional<KeyException> refusal = refusal(backend, ref, FixedPinEntry.none());
            assertTrue(refusal.isPresent() || bad.getKey().startsWith("byte "));
            refusal.ifPresent(e -> assertEquals(ErrorCode.KEY_FILE_INVALID, e.problem().code(), e::getMessage));
        }));
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGSTORE", "PKCS8_ENCRYPTED"})
    void aDamagedEncryptedFileIsRefusedOrDoesNotDecryptAndIsNeverTriedTwice(FileFormat format, @TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        TestKeys.generate(file, KeySpec.P_256, format);
        String pem = Files.readString(file);
        byte[] content = Base64.getMimeDecoder().decode(body(pem));
        String label = pem.substring(11, pem.indexOf("-----", 11));
        // The end is cipher text in PKCS#8 and in cosign's JSON its last characters; the beginning is structure in both.
        for (int at : List.of(0, 1, 2, content.length / 3, content.length / 2, content.length - 20, content.length - 3, content.length - 1)) {
            byte[] changed = content.clone();
            changed[at] ^= 0x01;
            FixedPinEntry pinEntry = FixedPinEntry.of(TestKeys.PASSPHRASE);
            KeyFileBackend backend = TestKeys.backend(Map.of("KEY", "-----BEGIN " + label + "-----\n"
                    + Base64.getEncoder().encodeToString(changed) + "\n-----END " + label + "-----\n"));
            KeyException refusal = refusal(backend, new KeyRef.EnvironmentKey("KEY"), pinEntry).orElseThrow();
            assertTrue(List.of(ErrorCode.KEY_FILE_INVALID, ErrorCode.PASSPHRASE_WRONG).contains(refusal.problem().code()));
            assertTrue(pinEntry.prompts().size() <= 1);
            assertEquals(0, pinEntry.open());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"N\":65537", "\"N\":262144", "\"N\":1", "\"N\":0", "\"N\":-2", "\"N\":\"65536\"", "\"N\":6.5e4"})
    void scryptParametersOutOfBoundsAreRefusedBeforeAnyWork(String n, @TempDir Path folder) throws Exception {
        assertInvalidBox(folder, json -> json.replace("\"N\":65536", n), "out of bounds");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"name\":\"nacl/box\"", "\"name\":\"none\""})
    void aBoxThatIsNotSecretboxIsRefused(String name, @TempDir Path folder) throws Exception {
        assertInvalidBox(folder, json -> json.replace("\"name\":\"nacl/secretbox\"", name), "not encrypted with scrypt and nacl/secretbox");
    }

    @Test
    void aBoxWithAMemberTwiceIsRefused(@TempDir Path folder) throws Exception {
        assertInvalidBox(folder, json -> json.replace("\"N\":65536", "\"N\":65536,\"N\":65536"), "damaged");
    }

    @Test
    void tooManyRoundsOfPbkdf2AreRefusedBeforeAnyWork(@TempDir Path folder) throws Exception {
        Path plain = TestKeys.write(folder.resolve("plain.pem"), plainP256(folder));
        Path file = folder.resolve("key.pem");
        Commands.run(folder, TestKeys.PASSPHRASE, "openssl", "pkcs8", "-topk8", "-in", plain.toString(), "-out", file.toString(),
                "-passout", "stdin", "-iter", "10000001");
        assertInvalid(Files.readString(file), "at most 10000000 iterations", folder);
    }

    @Test
    void aLongFileIsRefusedWithoutReadingItsRest(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("long.pem");
        try (var channel = java.nio.channels.FileChannel.open(file, java.nio.file.StandardOpenOption.CREATE_NEW,
                java.nio.file.StandardOpenOption.WRITE)) {
            // Sparse: 64 GiB that take no room.
            channel.write(java.nio.ByteBuffer.wrap(new byte[1]), 1L << 36);
        }
        assertEquals("it is longer than 1048576 bytes, so it is no key", invalid(file.toString()).problem().why());
        KeyException variable = refusal(TestKeys.backend(Map.of("KEY", "x".repeat((1 << 20) + 1))), new KeyRef.EnvironmentKey("KEY"),
                FixedPinEntry.none()).orElseThrow();
        assertEquals("it is longer than 1048576 characters", variable.problem().why());
    }

    @Test
    void whatIsNoReadableFileIsSaid(@TempDir Path folder) throws Exception {
        assertEquals("it is a folder", invalid(folder.toString()).problem().why());
        Path loop = Files.createSymbolicLink(folder.resolve("loop"), folder.resolve("loop"));
        assertTrue(invalid(loop.toString()).problem().why().startsWith("it cannot be read"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        KeyException absent = refusal(TestKeys.backend(), new KeyRef.KeyFile(dangling.toString()), FixedPinEntry.none()).orElseThrow();
        assertEquals(ErrorCode.KEY_NOT_FOUND, absent.problem().code());
        assertEquals("it is a link to a file that is not there", absent.problem().why());
        assertTrue(invalid("nul\0byte").problem().why().startsWith("it cannot be read"));
        assertEquals("it is not text, so it is no PEM file",
                invalid(Files.write(folder.resolve("binary"), new byte[] {(byte) 0xff, 0}).toString()).problem().why());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rw-r-----", "rw----r--", "rw--w----", "rw-rw-rw-"})
    void aPlainKeyThatOthersCanReadOrChangeIsNotUsedEvenThroughALink(String permissions, @TempDir Path folder) throws Exception {
        Path file = TestKeys.write(folder.resolve("key.pem"), "\n" + plainP256(folder));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
        Path link = Files.createSymbolicLink(folder.resolve("link.pem"), file);
        for (Path path : List.of(file, link)) {
            KeyException refusal = refusal(TestKeys.backend(), new KeyRef.KeyFile(path.toString()), FixedPinEntry.none()).orElseThrow();
            assertEquals(ErrorCode.KEY_FILE_EXPOSED, refusal.problem().code());
            assertTrue(refusal.problem().why().contains(permissions));
        }
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--------"));
        assertEquals(Optional.empty(), refusal(TestKeys.backend(), new KeyRef.KeyFile(link.toString()), FixedPinEntry.none()));
    }

    @Test
    void anEncryptedKeyThatOthersCanReadIsUsedAndItsDescriptionSaysSo(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        PublicKey made = TestKeys.generate(file, KeySpec.P_256, FileFormat.SIGSTORE);
        KeyRef ref = new KeyRef.KeyFile(file.toString());
        assertFalse(facts(ref).containsKey("permissions"));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        TestKeys.assertSignsAs(made.pem(), file, TestKeys.PASSPHRASE);
        assertEquals("rw-r--r--: others can read the encrypted file", facts(ref).get("permissions"));
    }

    @ParameterizedTest
    @EnumSource(names = {"SIGSTORE", "PKCS8_ENCRYPTED"})
    void noNewFileIsMadeWithAnEmptyPassphrase(FileFormat format, @TempDir Path folder) {
        Path file = folder.resolve("key.pem");
        FixedPinEntry empty = FixedPinEntry.of("");
        KeyException refusal = assertThrowsExactly(KeyException.PinUnavailable.class, () -> TestKeys.backend().custodian().generate(
                new KeyRef.KeyFile(file.toString()), new KeyGeneration(KeySpec.P_256, format), TestKeys.access(empty)));
        assertEquals(ErrorCode.PASSPHRASE_EMPTY, refusal.problem().code());
        assertEquals(List.of(PinEntry.Kind.NEW_PASSPHRASE), empty.prompts().stream().map(PinEntry.Prompt::kind).toList());
        assertFalse(Files.exists(file));
    }

    @Test
    void aNewFileIsItsOwnersAloneAndAFailedOneLeavesNothing(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        TestKeys.generate(file, KeySpec.P_256, FileFormat.PKCS8_PLAIN);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        KeyException refusal = assertThrowsExactly(KeyException.BackendUnusable.class,
                () -> TestKeys.generate(folder.resolve("missing/key.pem"), KeySpec.P_256, FileFormat.PKCS8_PLAIN));
        assertEquals(ErrorCode.OUTPUT_UNWRITABLE, refusal.problem().code());
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), folder.resolve("nothing"));
        assertThrowsExactly(KeyException.Exists.class, () -> TestKeys.generate(dangling, KeySpec.P_256, FileFormat.PKCS8_PLAIN));
        try (Stream<Path> left = Files.list(folder)) {
            assertEquals(List.of("dangling", "key.pem"), left.map(path -> path.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void aKeyInAVariableSigns(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("key.pem");
        PublicKey made = TestKeys.generate(file, KeySpec.ED25519, FileFormat.SIGSTORE);
        KeyFileBackend backend = TestKeys.backend(Map.of("KEY", Files.readString(file)));
        TestKeys.assertSignsAs(made.pem(), backend, KeyRef.parse("env://KEY"), TestKeys.PASSPHRASE);
        KeyException absent = refusal(backend, KeyRef.parse("env://OTHER"), FixedPinEntry.none()).orElseThrow();
        assertEquals(ErrorCode.KEY_NOT_FOUND, absent.problem().code());
        assertThrowsExactly(KeyException.Unsupported.class, () -> backend.custodian().generate(KeyRef.parse("env://NEW"),
                new KeyGeneration(KeySpec.P_256, FileFormat.SIGSTORE), TestKeys.access(TestKeys.PASSPHRASE)));
    }

    private static Map<String, String> facts(KeyRef ref) throws KeyException {
        Map<String, String> facts = new LinkedHashMap<>();
        for (KeyDescription.Fact fact : TestKeys.backend().custodian().describe(ref, TestKeys.access(TestKeys.PASSPHRASE)).facts()) {
            facts.put(fact.name(), fact.value());
        }
        return facts;
    }

    private static void assertInvalidBox(Path folder, UnaryOperator<String> change, String why) throws Exception {
        Path file = folder.resolve("box.pem");
        TestKeys.generate(file, KeySpec.P_256, FileFormat.SIGSTORE);
        String json = new String(Base64.getMimeDecoder().decode(body(Files.readString(file))), StandardCharsets.UTF_8);
        String changed = change.apply(json);
        assertFalse(changed.equals(json), json);
        assertInvalid("-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----\n" + Base64.getEncoder().encodeToString(changed.getBytes(StandardCharsets.UTF_8))
                + "\n-----END ENCRYPTED SIGSTORE PRIVATE KEY-----\n", why, folder);
    }

    private static void assertInvalid(String content, String why, Path folder) throws Exception {
        Path file = TestKeys.write(Files.createTempFile(folder, "bad", "").resolveSibling("bad" + System.nanoTime()), content);
        KeyException refusal = invalid(file.toString());
        assertTrue(refusal.problem().why().contains(why), refusal.problem().why());
        if (content.length() > 100) {
            assertFalse(refusal.toString().contains(content.substring(60, 80)), "no part of the file is shown");
        }
    }

    private static KeyException invalid(String path) {
        FixedPinEntry pinEntry = FixedPinEntry.of(TestKeys.PASSPHRASE);
        KeyException refusal = refusal(TestKeys.backend(), new KeyRef.KeyFile(path), pinEntry).orElseThrow();
        assertEquals(ErrorCode.KEY_FILE_INVALID, refusal.problem().code(), refusal::getMessage);
        assertEquals(0, pinEntry.prompts().size(), "nobody was asked for a passphrase");
        return refusal;
    }

    private static Optional<KeyException> refusal(KeyFileBackend backend, KeyRef ref, FixedPinEntry pinEntry) {
        try {
            backend.open(ref, TestKeys.access(pinEntry)).close();
            return Optional.empty();
        } catch (KeyException e) {
            return Optional.of(e);
        }
    }

    private static String plainP256(Path folder) throws Exception {
        Path file = folder.resolve("plain-" + System.nanoTime() + ".pem");
        TestKeys.generate(file, KeySpec.P_256, FileFormat.PKCS8_PLAIN);
        String pem = Files.readString(file);
        Files.delete(file);
        return pem;
    }

    private static String body(String pem) {
        int start = pem.indexOf('\n') + 1;
        return pem.substring(start, pem.indexOf("-----END"));
    }
}
