package dev.chancery.adapters.fido2.ctap;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// CTAP 2.1 §6.5.6 and §6.5.7. Expected values are by OpenSSL (AES) and Python's hmac and hashlib, for the agreed coordinate 00 01 … 1f.
class PinUvAuthTest {
    private static final byte[] SHARED = Bytes.fromHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f").toByteArray();
    private static final byte[] PLAIN = Bytes.fromHex("000102030405060708090a0b0c0d0e0f").toByteArray();
    private static final Bytes MESSAGE = Bytes.ofUtf8("message");

    private static PinUvAuth auth(long protocol) throws Exception {
        return PinUvAuth.of(protocol, Cbor.map().build(), SHARED.clone(), new SecureRandom());
    }

    @Test
    void protocolOneEncryptsWithTheHashOfTheCoordinateAndNoVector() throws Exception {
        try (PinUvAuth auth = auth(PinUvAuth.ONE)) {
            assertEquals("5b1b8c62089fae8afdcde68081977f19", auth.encrypt(PLAIN).toHex());
            assertArrayEquals(PLAIN, auth.decrypt(Bytes.fromHex("5b1b8c62089fae8afdcde68081977f19")));
            assertEquals("0e1ed6c97a5536d6813284ba23672f5a", auth.authenticate(MESSAGE).toHex());
        }
    }

    @Test
    void protocolTwoDerivesTwoKeysAndPutsTheVectorInFront() throws Exception {
        try (PinUvAuth auth = auth(PinUvAuth.TWO)) {
            assertArrayEquals(PLAIN, auth.decrypt(Bytes.fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf" + "9c5e5fcbd9b608323706af9e0db2da91")));
            assertArrayEquals(PLAIN, auth.decrypt(auth.encrypt(PLAIN)));
            assertFalse(auth.encrypt(PLAIN).equals(auth.encrypt(PLAIN)), "a new vector each time");
            assertEquals("8ed41fb06108031d3e97613e4eb730eb882d7acdd3156b2abf9bc87cd0a9489d", auth.authenticate(MESSAGE).toHex());
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 495be98191008363dd90124e3c78887f", "2, 495be98191008363dd90124e3c78887f8ab89788a5efa3b88faa84ed374d5d34"})
    void aTokenAuthenticatesCommands(long protocol, String expected) {
        try (PinToken token = new PinToken(protocol, Bytes.fromHex("11".repeat(32)).toByteArray())) {
            assertEquals(expected, token.authenticate(MESSAGE).toHex());
            assertEquals("PinToken", token.toString());
        }
    }

    @Test
    void aTokenThatIsNoWholeNumberOfBlocksIsRefused() throws Exception {
        try (PinUvAuth one = auth(PinUvAuth.ONE); PinUvAuth two = auth(PinUvAuth.TWO)) {
            assertThrows(CborException.class, () -> one.decrypt(Bytes.fromHex("00")));
            assertThrows(CborException.class, () -> one.decrypt(Bytes.empty()));
            assertThrows(CborException.class, () -> two.decrypt(Bytes.copyOf(new byte[16])));
        }
    }

    @Test
    void aPointThatIsNotOnTheCurveIsRefused() {
        Cbor.Map key = Cbor.map().put(-2, new Cbor.ByteString(Bytes.fromHex("01".repeat(32)))).put(-3, new Cbor.ByteString(Bytes.fromHex("02".repeat(32)))).build();
        assertThrows(CborException.class, () -> PinUvAuth.agree(PinUvAuth.TWO, key, new SecureRandom()));
    }

    @ParameterizedTest
    @CsvSource({"123, false", "1234, true", "äöü, false", "äöüß, true"})
    void aPinHasFourCharacters(String text, boolean fits) {
        check(text, fits);
    }

    @Test
    void aPinHas63BytesAtMost() {
        check("x".repeat(63), true);
        check("x".repeat(64), false);
        check("ä".repeat(32), false);
    }

    /// The decomposed form has 6 characters, the composed one 3 (Unicode Standard Annex 15).
    @Test
    void aPinIsComposedBeforeItIsCounted() {
        check("a\u0308o\u0308u\u0308", false);
    }

    private static void check(String text, boolean fits) {
        try (Pin pin = Pin.copyOf(text.toCharArray())) {
            assertTrue(ClientPin.canBe(pin) == fits);
        }
    }
}
