package dev.chancery.adapters.fido2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Fido2UriTest {
    private static Fido2Uri parse(String text) throws Exception {
        return Fido2Uri.parse(KeyRef.parse(text));
    }

    @Test
    void aReferenceHasARelyingPartyAndWhatNarrowsIt() throws Exception {
        Fido2Uri uri = parse("fido2:sign.example.com?file=a%20b/cem%2B1.json&name=Cem+1&device=pcsc:Lab%20FIDO2&resident=yes&verification=none&origin=https://a.sign.example.com");
        assertEquals("sign.example.com", uri.rpId());
        assertEquals(Optional.of("a b/cem+1.json"), uri.file());
        assertEquals(Optional.of("Cem+1"), uri.name());
        assertEquals(Optional.of("pcsc:Lab FIDO2"), uri.device());
        assertEquals(Optional.of("https://a.sign.example.com"), uri.origin());
        assertTrue(uri.resident());
        assertFalse(uri.verification());
    }

    @Test
    void leftOutItWantsVerificationAndRemembersNothing() throws Exception {
        Fido2Uri uri = parse("fido2:");
        assertEquals("", uri.rpId());
        assertTrue(uri.verification());
        assertFalse(uri.resident());
        assertEquals(Optional.empty(), uri.credential());
    }

    @Test
    void whatIsWrittenIsReadAgain() throws Exception {
        Bytes id = Bytes.fromHex("00fffbef3e");
        assertEquals(Optional.of(id), parse(Fido2Uri.of("sign.example.com", id)).credential());
        assertEquals(Optional.of("ä b&c.json"), parse(Fido2Uri.ofFile("sign.example.com", "ä b&c.json")).file());
        assertEquals(Optional.of("pcsc:Lab FIDO2 00 00"), parse(Fido2Uri.ofDevice("pcsc:Lab FIDO2 00 00")).device());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fido2:Sign.example.com", "fido2:a b", "fido2:a.example?file", "fido2:a.example?colour=red", "fido2:a.example?file=a&file=b",
        "fido2:a.example?file=%zz", "fido2:a.example?credential=%21", "fido2:a.example?resident=maybe", "fido2:a.example?verification=no",
        "fido2:a.example?origin=https://b.example", "fido2:a.example?origin=http://a.example"})
    void anythingElseIsMalformed(String text) {
        assertEquals(ErrorCode.KEY_URI_MALFORMED, assertThrows(KeyException.class, () -> parse(text)).problem().code());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fido2:a.example?pin=1234", "fido2:a.example?pin-value=1234"})
    void aPinIsRefusedAndNotShown(String text) {
        KeyException failure = assertThrows(KeyException.class, () -> parse(text));
        assertEquals(ErrorCode.PIN_IN_URI, failure.problem().code());
        assertFalse(String.valueOf(failure.getMessage()).contains("1234"));
    }
}
