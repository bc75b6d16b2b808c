package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.Pkcs11KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// How modules, tokens, keys and PINs are found, and what is said when they aren't.
class FindingTest {
    private static @Nullable PublicKey publicKey;

    @TempDir
    Path folder;

    private final Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder());

    @BeforeEach
    void makeKeys() throws Exception {
        SoftHsm token = SoftHsm.token("finding");
        SoftHsm.rules();
        if (publicKey == null) {
            publicKey = token.key("signing", "01ff00", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
            token.key("bare", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384");
            token.tool("--delete-object", "--type", "pubkey", "--id", "02");
            token.key("decrypting", "03", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
            token.key("mixed", "04", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
            certificate(token, "04");
        }
    }

    /// A certificate for another key, under the id of one that is there.
    private void certificate(SoftHsm token, String id) throws IOException {
        Path key = folder.resolve("other.pem");
        Path certificate = folder.resolve("other.der");
        SoftHsm.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", key.toString(),
                "-outform", "DER", "-out", certificate.toString(), "-subj", "/CN=test", "-days", "2");
        token.tool("--write-object", certificate.toString(), "--type", "cert", "--id", id, "--label", "mixed");
    }

    private static KeyAccess access() {
        return new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), Duration.ofSeconds(30), false);
    }

    private String uri(String attributes) {
        return "pkcs11:" + attributes + "?module-path=" + SoftHsm.module();
    }

    private KeyException refused(ErrorCode code, String uri) throws Exception {
        KeyRef ref = KeyRef.parse(uri);
        KeyException refusal = assertThrows(KeyException.class, () -> backend.open(ref, access()).close());
        assertEquals(code, refusal.problem().code(), refusal::getMessage);
        return refusal;
    }

    @Test
    void aModuleThatIsMissingOrAFolderOrNoModuleIsSaidSo() throws Exception {
        refused(ErrorCode.MODULE_MISSING, "pkcs11:token=finding;object=signing");
        refused(ErrorCode.MODULE_MISSING, "pkcs11:object=signing?module-path=" + folder.resolve("none.so"));
        refused(ErrorCode.MODULE_MISSING, "pkcs11:object=signing?module-path=" + folder);
        Path text = Files.writeString(folder.resolve("text.so"), "no library");
        refused(ErrorCode.MODULE_INVALID, "pkcs11:object=signing?module-path=" + text);
        refused(ErrorCode.MODULE_INVALID, "pkcs11:object=signing?module-path=/lib/x86_64-linux-gnu/libm.so.6");
    }

    @Test
    void anAbsentTokenIsRefusedWithThoseThatAreThere() throws Exception {
        KeyException refusal = refused(ErrorCode.TOKEN_NOT_FOUND, uri("token=elsewhere;object=signing"));
        assertTrue(refusal.problem().why().contains("finding (serial "), refusal.problem().why());
    }

    @Test
    void severalTokensOfOneLabelAreRefusedAndTheSerialTellsThemApart() throws Exception {
        KeyException.NotOne refusal = (KeyException.NotOne) refused(ErrorCode.TOKEN_AMBIGUOUS, uri("token=twin;object=signing"));
        assertEquals(2, refusal.present().size());
        String serial = refusal.present().getFirst().replaceFirst(".*serial ([^,]+),.*", "$1");
        refused(ErrorCode.KEY_NOT_FOUND, uri("token=twin;serial=" + serial + ";object=signing"));
    }

    @Test
    void severalTokensAreListedAsFarAsTheyShowWithoutAPin() throws Exception {
        long before = SoftHsm.calls("Login");
        List<KeyDescription> listed = backend.custodian().list(KeyRef.parse(uri("object=signing")), nobody());
        assertEquals(List.of(java.util.Objects.requireNonNull(publicKey)),
                listed.stream().map(key -> key.expectedKey().orElseThrow().key()).toList());
        assertEquals(before, SoftHsm.calls("Login"));
        try (SigningKey key = backend.open(KeyRef.parse(listed.getFirst().uri()), access())) {
            assertEquals(publicKey, key.expectedKey().orElseThrow().key());
        }
    }

    @Test
    void anAbsentKeyIsRefusedWithThoseThatAreThere() throws Exception {
        KeyException.NotOne refusal = (KeyException.NotOne) refused(ErrorCode.KEY_NOT_FOUND, uri("token=finding;id=%09"));
        assertTrue(refusal.present().contains("signing (id 01ff00, ECDSA P-256)"), refusal.present().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"token=finding;object=signing", "token=finding;id=%01%FF%00", "object=signing;id=%01%ff%00;token=finding;type=private",
            "token=finding;manufacturer=SoftHSM%20project;model=SoftHSM%20v2;object=signing", "token=finding;object=signing;type=cert"})
    void theAttributesOfAUriAllLeadToTheKey(String attributes) throws Exception {
        try (SigningKey key = backend.open(KeyRef.parse(uri(attributes)), access())) {
            assertEquals(publicKey, key.expectedKey().orElseThrow().key());
            assertEquals(ExpectedKey.Source.PUBLIC_OBJECT, key.expectedKey().orElseThrow().source());
        }
    }

    @Test
    void theSlotAloneLeadsToTheToken() throws Exception {
        KeyDescription known = backend.custodian().describe(KeyRef.parse(uri("token=finding;object=signing")), access());
        String slot = known.facts().stream().filter(fact -> fact.name().equals("slot")).map(Fact::value).findFirst().orElseThrow();
        assertEquals(known, backend.custodian().describe(KeyRef.parse(uri("slot-id=" + slot + ";object=signing")), access()));
    }

    @Test
    void aKeyWithoutItsPublicHalfIsOpenedForWhoKnowsItAndSaysThatNothingTellsIt() throws Exception {
        try (SigningKey key = backend.open(KeyRef.parse(uri("token=finding;object=bare")), access())) {
            assertTrue(key.expectedKey().isEmpty());
            assertEquals(Set.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256), key.algorithms());
        }
    }

    @Test
    void aCertificateThatContradictsThePublicKeyIsRefused() throws Exception {
        KeyException refusal = refused(ErrorCode.EXPECTED_KEY_MISMATCH, uri("token=finding;object=mixed"));
        assertTrue(refusal.problem().why().contains("certificate beside the private key"), refusal.problem().why());
    }

    @Test
    void aKeyThatMayNotSignIsRefusedWhenItIsOpened() throws Exception {
        withoutSign("derive-only", "05");
        refused(ErrorCode.KEY_MAY_NOT_SIGN, uri("token=finding;object=derive-only"));
    }

    /// pkcs11-tool can't make such a key in SoftHSM2, which takes CKA_SIGN for true where nothing is said.
    private void withoutSign(String name, String id) throws Exception {
        SoftHsm.token("finding").make(name, id, "EC:prime256v1");
        Pkcs11KeyRef ref = (Pkcs11KeyRef) KeyRef.parse(uri("token=finding;object=" + name));
        Tokens.Place place = new Tokens(Pkcs11Settings.of(null)).find(ref, Duration.ofSeconds(30));
        new KeyOpener(new PublicHalves(SoftHsm.decoder()), 2).with(place, ref, access(), (connection, desk) ->
                connection.run(desk, Duration.ofSeconds(30), (session, epoch) -> {
                    Session writing = epoch.open(true);
                    writing.set(TokenKey.find(writing, ref).getFirst(), new Template().with(Ck.CKA_SIGN, false));
                    writing.close();
                    return true;
                }));
    }

    @Test
    void aGeneratedKeyIsSensitiveNotExtractableAndForSigningOnly() throws Exception {
        KeyDescription made = backend.custodian().generate(KeyRef.parse(uri("token=finding;object=made")),
                new KeyGeneration(KeySpec.P_256, KeyGeneration.FileFormat.SIGSTORE), access());
        for (Fact expected : List.of(new Fact("sensitive", "yes"), new Fact("extractable", "no"), new Fact("alwaysSensitive", "yes"),
                new Fact("neverExtractable", "yes"), new Fact("madeHere", "yes"))) {
            assertTrue(made.facts().contains(expected), () -> expected + " in " + made.facts());
        }
    }

    @Test
    void aNewKeyNeedsANameAndAnIdOfItsOwn() throws Exception {
        KeyGeneration p256 = new KeyGeneration(KeySpec.P_256, KeyGeneration.FileFormat.SIGSTORE);
        assertEquals(ErrorCode.KEY_URI_MALFORMED, assertThrows(KeyException.class,
                () -> backend.custodian().generate(KeyRef.parse(uri("token=finding")), p256, access())).problem().code());
        assertEquals(ErrorCode.KEY_EXISTS, assertThrows(KeyException.class,
                () -> backend.custodian().generate(KeyRef.parse(uri("token=finding;object=other;id=%01%ff%00")), p256, access())).problem().code());
    }

    @Test
    void thePinComesFromItsFileWithoutTheLineBreak() throws Exception {
        for (String ending : List.of("", "\n", "\r\n")) {
            Path pin = secretFile(SoftHsm.PIN + ending);
            try (SigningKey key = backend.open(KeyRef.parse(uri("token=finding;object=signing") + "&pin-source=" + pin), nobody())) {
                assertEquals(publicKey, key.expectedKey().orElseThrow().key());
                assertFalse(key.description().uri().contains("pin"), key.description().uri());
            }
            try (SigningKey key = backend.open(KeyRef.parse(uri("token=finding;object=signing") + "&pin-source=file:" + pin), nobody())) {
                assertEquals(publicKey, key.expectedKey().orElseThrow().key());
            }
        }
    }

    @Test
    void aPinFileThatOthersCanReadIsNotUsed() throws Exception {
        Path pin = secretFile(SoftHsm.PIN);
        for (String permissions : List.of("rw-r-----", "rw----r--", "rw--w----")) {
            Files.setPosixFilePermissions(pin, PosixFilePermissions.fromString(permissions));
            long before = SoftHsm.calls("Login");
            refused(ErrorCode.KEY_FILE_EXPOSED, uri("token=finding;object=signing") + "&pin-source=" + pin);
            assertEquals(before, SoftHsm.calls("Login"));
        }
    }

    @Test
    void aPinFileThatIsMissingTooLongOrNotTextIsSaidSo() throws Exception {
        String key = uri("token=finding;object=signing") + "&pin-source=";
        refused(ErrorCode.PIN_SOURCE_UNREADABLE, key + folder.resolve("none"));
        refused(ErrorCode.PIN_SOURCE_UNREADABLE, key + folder);
        refused(ErrorCode.PIN_SOURCE_UNREADABLE, key + secretFile("9".repeat(5000)));
        Path binary = secretFile("");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe});
        refused(ErrorCode.PIN_SOURCE_UNREADABLE, key + binary);
    }

    @Test
    void aPinThatTheTokenCannotHaveIsNotTried() throws Exception {
        String key = uri("token=finding;object=signing") + "&pin-source=";
        long before = SoftHsm.calls("Login");
        for (String pin : List.of("", "123", "9".repeat(300))) { // SoftHSM2's PINs have 4 to 255 characters
            refused(ErrorCode.PIN_MALFORMED, key + secretFile(pin));
        }
        assertEquals(before, SoftHsm.calls("Login"));
    }

    private Path secretFile(String content) throws IOException {
        Path file = Files.createTempFile(folder, "pin", ".txt", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    private static KeyAccess nobody() {
        return new KeyAccess(FixedPinEntry.none(), Duration.ofSeconds(30), false);
    }
}
