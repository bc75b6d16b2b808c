package dev.chancery.adapters.fido2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborReader;
import dev.chancery.ports.key.AssertionKey;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is asked of a security key, and what a user is told when it refuses. Status codes are those of CTAP 2.1 §8.2.
class OfficerKeyTest {
    private static final DssePayload PAYLOAD = new DssePayload(DssePayload.IN_TOTO, Bytes.ofUtf8("{}"));
    private static final String CREDENTIAL = "fido2:sign.example.com?credential=AQID";
    private static final String UNVERIFIED = CREDENTIAL + "&verification=none";

    @TempDir
    Path folder = Path.of("unset");

    private int pinsAsked;

    private KeyAccess access(boolean finalTry) {
        return new KeyAccess(prompt -> {
            pinsAsked++;
            return Optional.of(Pin.copyOf("123456".toCharArray()));
        }, Duration.ofSeconds(5), finalTry);
    }

    private static Fido2Backend backend(ScriptedKey... keys) {
        return new Fido2Backend(ScriptedKey.places(keys), new SpkiPublicKeyDecoder(), (place, limit) -> { }, new SecureRandom());
    }

    private AssertionKey open(String ref, ScriptedKey... keys) throws Exception {
        return backend(keys).assertionKeys().open(KeyRef.parse(ref), access(false));
    }

    private ErrorCode refused(String ref, ScriptedKey... keys) throws Exception {
        try (AssertionKey key = open(ref, keys)) {
            return assertThrows(KeyException.class, () -> key.approve(PAYLOAD)).problem().code();
        }
    }

    @Test
    void whatIsSignedIsTheHashOfClientDataWhoseChallengeIsThePayload() throws Exception {
        ScriptedKey key = new ScriptedKey(false).having()
                .answering(Cbor.map().put(2, new Cbor.ByteString(Bytes.fromHex("aa"))).put(3, new Cbor.ByteString(Bytes.fromHex("bb"))).build());
        WebAuthnAssertion assertion;
        try (AssertionKey open = open(UNVERIFIED, key)) {
            assertion = open.approve(PAYLOAD);
        }
        assertTrue(key.closed());
        // DSSEv1 28 application/vnd.in-toto+json 2 {}, its SHA-256 by sha256sum, in base64url by basenc
        assertEquals("{\"type\":\"webauthn.get\",\"challenge\":\"SELLG6b-1uRg2KDVb2tkzPHx4R93FKfygggNV4AlG2M\",\"origin\":\"https://sign.example.com\",\"crossOrigin\":false}",
                assertion.clientDataJson().utf8().orElseThrow());
        assertEquals(Bytes.fromHex("aa"), assertion.authenticatorData());
        assertEquals(Bytes.fromHex("bb"), assertion.signature());
        Bytes command = key.commands.getLast();
        assertEquals(0x02, command.at(0));
        Cbor.Map asked = CborReader.readMap(command.slice(1, command.size()));
        assertEquals("sign.example.com", asked.text(1));
        assertEquals(HashAlgorithm.SHA_256.digest(assertion.clientDataJson()).value(), asked.bytes(2));
        assertEquals(0, pinsAsked);
    }

    @ParameterizedTest
    @CsvSource({"0x27, TOUCH_REFUSED", "0x2d, TOUCH_REFUSED", "0x2f, TOUCH_TIMED_OUT", "0x3a, TOUCH_TIMED_OUT", "0x2e, SECURITY_KEY_OTHER", "0x36, TOKEN_NOT_READY",
        "0x7f, TOKEN_FAILED", "0x01, TOKEN_FAILED"})
    void aRefusalHasItsCode(String status, ErrorCode expected) throws Exception {
        assertEquals(expected, refused(UNVERIFIED, new ScriptedKey(false).having().refusing(Integer.decode(status))));
    }

    @Test
    void aWrongPinIsTriedOnceAndTheTriesThatAreLeftAreSaid() throws Exception {
        ScriptedKey key = new ScriptedKey(true).having().retries(8, false).agreeing().refusing(0x31).retries(7, false);
        try (AssertionKey open = open(CREDENTIAL, key)) {
            KeyException.PinWrong failure = assertThrows(KeyException.PinWrong.class, () -> open.approve(PAYLOAD));
            assertEquals(ErrorCode.SECURITY_KEY_PIN_WRONG, failure.problem().code());
            assertEquals(7, failure.attemptsRemaining().orElseThrow());
        }
        assertEquals(1, pinsAsked);
        assertEquals(1, key.commands.stream().filter(command -> command.at(0) == 0x06 && isTokenRequest(command)).count());
    }

    private static boolean isTokenRequest(Bytes command) {
        try {
            return CborReader.readMap(command.slice(1, command.size())).integer(2) == 0x09;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void nobodyIsAskedForAPinThatCouldNotBeTried() throws Exception {
        assertEquals(ErrorCode.SECURITY_KEY_PIN_BLOCKED, refused(CREDENTIAL, new ScriptedKey(true).having().retries(0, false)));
        assertEquals(ErrorCode.SECURITY_KEY_PIN_BLOCKED, refused(CREDENTIAL, new ScriptedKey(true).having().retries(5, true)));
        assertEquals(ErrorCode.PIN_FINAL_TRY, refused(CREDENTIAL, new ScriptedKey(true).having().retries(1, false)));
        assertEquals(ErrorCode.TOKEN_NOT_READY, refused(CREDENTIAL, new ScriptedKey(false).having()));
        assertEquals(0, pinsAsked);
    }

    @ParameterizedTest
    @CsvSource({"0x32", "0x34"})
    void aPinThatIsBlockedByTheTrySaysSo(String status) throws Exception {
        assertEquals(ErrorCode.SECURITY_KEY_PIN_BLOCKED, refused(CREDENTIAL, new ScriptedKey(true).having().retries(3, false).agreeing().refusing(Integer.decode(status))));
    }

    @Test
    void ofSeveralTheOneThatHasTheCredentialIsAskedAndTheOthersAreLetGo() throws Exception {
        ScriptedKey other = new ScriptedKey(true).refusing(0x2e);
        ScriptedKey right = new ScriptedKey(true).having().retries(8, false).agreeing().refusing(0x31).retries(7, false);
        assertEquals(ErrorCode.SECURITY_KEY_PIN_WRONG, refused(CREDENTIAL, other, right));
        assertTrue(other.closed());
        assertTrue(right.closed());
        assertEquals(2, other.commands.size(), "it was asked what it is and whether it has the credential, and for no PIN");
    }

    @Test
    void withoutTheRightSecurityKeyNobodyIsAskedForAnything() throws Exception {
        ScriptedKey other = new ScriptedKey(true).refusing(0x2e);
        assertEquals(ErrorCode.SECURITY_KEY_OTHER, assertThrows(KeyException.class, () -> open(CREDENTIAL, other)).problem().code());
        assertTrue(other.closed());
        assertEquals(ErrorCode.SECURITY_KEY_MISSING, assertThrows(KeyException.class, () -> open(CREDENTIAL)).problem().code());
        assertEquals(ErrorCode.TOKEN_AMBIGUOUS,
                assertThrows(KeyException.class, () -> open(CREDENTIAL, new ScriptedKey(true).having(), new ScriptedKey(true).having())).problem().code());
        assertEquals(0, pinsAsked);
    }

    @Test
    void anApprovalByOneOfSeveralRememberedCredentialsIsThrownAway() throws Exception {
        ScriptedKey key = new ScriptedKey(false).having().answering(Cbor.map().put(1, Cbor.map().put("id", new Cbor.ByteString(Bytes.fromHex("01"))).build())
                .put(2, new Cbor.ByteString(Bytes.fromHex("aa"))).put(3, new Cbor.ByteString(Bytes.fromHex("bb"))).put(5, new Cbor.Int(2)).build());
        assertEquals(ErrorCode.KEY_AMBIGUOUS, refused("fido2:sign.example.com?verification=none", key));
    }

    @Test
    void aSecurityKeySignsNoFile() {
        KeyException failure = assertThrows(KeyException.class, () -> backend().open(KeyRef.parse(CREDENTIAL), access(false)));
        assertEquals(ErrorCode.KEY_MAY_NOT_SIGN, failure.problem().code());
    }

    @Test
    void aCredentialIsNotMadeOverAFileOrForAnAlgorithmThatSecurityKeysLack() throws Exception {
        Path taken = Files.createFile(folder.resolve("taken"));
        ScriptedKey key = new ScriptedKey(false);
        assertEquals(ErrorCode.KEY_EXISTS, generating("fido2:sign.example.com?file=" + taken, KeySpec.P_256, key));
        assertEquals(ErrorCode.ALGORITHM_UNSUPPORTED, generating("fido2:sign.example.com?file=" + folder.resolve("new"), KeySpec.P_384, key));
        assertEquals(ErrorCode.KEY_URI_MALFORMED, generating("fido2:sign.example.com", KeySpec.P_256, key));
        assertEquals(ErrorCode.KEY_URI_MALFORMED, generating("fido2:?file=" + folder.resolve("new"), KeySpec.P_256, key));
        assertTrue(key.commands.isEmpty());
        assertFalse(Files.exists(folder.resolve("new")));
    }

    @Test
    void aRefusedTouchLeavesNoFile() throws Exception {
        ScriptedKey key = new ScriptedKey(false).refusing(0x27);
        assertEquals(ErrorCode.TOUCH_REFUSED, generating("fido2:sign.example.com?verification=none&file=" + folder.resolve("new"), KeySpec.P_256, key));
        assertFalse(Files.exists(folder.resolve("new")));
        assertTrue(key.closed());
    }

    private ErrorCode generating(String ref, KeySpec spec, ScriptedKey key) {
        return assertThrows(KeyException.class, () -> backend(key).custodian().generate(KeyRef.parse(ref), new KeyGeneration(spec, KeyGeneration.FileFormat.SIGSTORE),
                access(false))).problem().code();
    }
}
