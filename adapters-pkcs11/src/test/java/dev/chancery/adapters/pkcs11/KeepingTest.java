package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyEvidence.Claim;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What tokens testify of their keys, and how keys are destroyed.
class KeepingTest {
    private final KeyCustodian custodian = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder()).custodian();

    @TempDir
    Path folder;

    @BeforeEach
    void noFaults() throws Exception {
        SoftHsm.token("keeping");
        SoftHsm.rules();
    }

    private static KeyAccess access() {
        return new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), Duration.ofSeconds(30), false);
    }

    private static KeyRef ref(String name) throws Exception {
        return SoftHsm.token("keeping").ref(name);
    }

    private KeyDescription make(String name) throws Exception {
        return custodian.generate(ref(name), new KeyGeneration(KeySpec.P_256, KeyGeneration.FileFormat.SIGSTORE), access());
    }

    private static KeyId id(KeyDescription key) {
        return key.expectedKey().orElseThrow().key().id();
    }

    @Test
    void aKeyMadeInTheTokenIsClaimedNeverToHaveLeftIt() throws Exception {
        KeyDescription made = make("born-here");
        KeyEvidence evidence = custodian.evidence(ref("born-here"), access());
        assertTrue(evidence.claimsNeverToHaveLeft());
        assertEquals(made.uri(), evidence.description().uri());
        assertTrue(evidence.device().contains(new Fact("manufacturer", "SoftHSM project")), evidence.device().toString());
        assertEquals(List.of(), evidence.certificates());
    }

    @Test
    void anImportedKeyIsNot() throws Exception {
        SoftHsm.token("keeping").key("imported", "21", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        KeyEvidence evidence = custodian.evidence(ref("imported"), access());
        assertEquals(Claim.NO, evidence.madeInside());
        assertFalse(evidence.claimsNeverToHaveLeft());
    }

    @Test
    void certificatesBesideTheKeyAreHandedOutAsTheyAre() throws Exception {
        Path pem = folder.resolve("key.pem");
        Path der = folder.resolve("certificate.der");
        SoftHsm.run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", pem.toString(),
                "-outform", "DER", "-out", der.toString(), "-subj", "/CN=test", "-days", "2");
        SoftHsm token = SoftHsm.token("keeping");
        token.tool("--write-object", pem.toString(), "--type", "privkey", "--id", "22", "--label", "certified", "--usage-sign");
        token.tool("--write-object", der.toString(), "--type", "cert", "--id", "22", "--label", "certified");
        KeyEvidence evidence = custodian.evidence(ref("certified"), access());
        assertEquals(List.of(Bytes.copyOf(Files.readAllBytes(der))), evidence.certificates());
        assertEquals("CERTIFICATE", evidence.description().expectedKey().orElseThrow().source().name());
    }

    @Test
    void aKeyIsDestroyedOnlyUnderItsFullId() throws Exception {
        PublicKey other = make("other").expectedKey().orElseThrow().key();
        KeyDescription doomed = make("doomed");
        KeyException refusal = assertThrows(KeyException.class, () -> custodian.destroy(ref("doomed"), other.id(), access()));
        assertEquals(ErrorCode.EXPECTED_KEY_MISMATCH, refusal.problem().code());
        assertTrue(refusal.problem().why().contains(id(doomed).hex()), refusal.problem().why());
        assertEquals(doomed.uri(), custodian.describe(ref("doomed"), access()).uri(), "it is still there");

        custodian.destroy(ref("doomed"), id(doomed), access());
        assertEquals(ErrorCode.KEY_NOT_FOUND,
                assertThrows(KeyException.class, () -> custodian.describe(ref("doomed"), access())).problem().code());
        assertEquals(other, custodian.describe(ref("other"), access()).expectedKey().orElseThrow().key(), "others are not touched");
        make("doomed"); // the name is free again: the public half went too
    }

    @Test
    void aKeyThatWantsThePinEachTimeIsAskedForEachTime() throws Exception {
        SoftHsm.token("keeping").make("each-time", "31", "EC:prime256v1", "--always-auth");
        FixedPinEntry pins = FixedPinEntry.of(SoftHsm.PIN);
        Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder());
        try (var key = backend.open(ref("each-time"), new KeyAccess(pins, Duration.ofSeconds(30), false))) {
            assertEquals(1, pins.prompts().size());
            for (int i = 1; i <= 3; i++) {
                key.sign(Requests.p256(Bytes.ofUtf8("signed " + i)), Duration.ofSeconds(30));
                assertEquals(1 + i, pins.prompts().size());
            }
            assertEquals(0, pins.open());
        }
    }

    @Test
    void aWrongPinForOneSignatureIsTriedOnceAndTheRightOneStillWorks() throws Exception {
        SoftHsm.token("keeping").make("once-wrong", "32", "EC:prime256v1", "--always-auth");
        List<String> answers = new java.util.ArrayList<>(List.of(SoftHsm.PIN, "1212-wrong", SoftHsm.PIN));
        Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder());
        try (var key = backend.open(ref("once-wrong"),
                new KeyAccess(prompt -> FixedPinEntry.of(answers.removeFirst()).request(prompt), Duration.ofSeconds(30), false))) {
            long before = SoftHsm.calls("Login");
            KeyException.PinWrong wrong = assertThrows(KeyException.PinWrong.class,
                    () -> key.sign(Requests.p256(Bytes.ofUtf8("x")), Duration.ofSeconds(30)));
            assertEquals(OptionalInt.empty(), wrong.attemptsRemaining());
            assertEquals(before, SoftHsm.calls("Login"), "it is known to be another than the one that opened the token");
            key.sign(Requests.p256(Bytes.ofUtf8("x")), Duration.ofSeconds(30));
        }
    }
}
