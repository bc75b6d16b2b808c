package dev.chancery.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Base64TextTest {
    /// The values of RFC 4648 §10, and bytes where the alphabets differ.
    @ParameterizedTest
    @CsvSource({
        "'',''", "Zg==,66", "Zg,66", "Zm8=,666f", "Zm8,666f", "Zm9v,666f6f", "Zm9vYg==,666f6f62", "Zm9vYg,666f6f62", "+/8=,fbff", "-_8=,fbff",
        "+/8,fbff", "-_8,fbff"})
    void eitherAlphabetIsReadPaddedOrNot(String text, String hex) throws FormatException {
        assertEquals(hex, Base64Text.anyAlphabet(text, "").toHex());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "Z", "Zg=", "Zg===", "Zm9vY", "=", "====", "Zh==", "Zh", "Zm9=", "Zm9", "Zm9v\n", " Zm9v", "Zm 9v", "Zm9v====", "+_8=", "-/8=",
        "Zg==Zg==", "Zm9v!", "Zm9vé"})
    void anythingElseIsRefused(String text) {
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> Base64Text.anyAlphabet(text, "a.b"));
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> Base64Text.canonical(text, "a.b"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Zg", "-_8=", "-_8", "+/8"})
    void theCanonicalFormIsPaddedAndInTheStandardAlphabet(String text) {
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> Base64Text.canonical(text, ""));
    }

    @Test
    void theMessageQuotesOnlyTheBeginning() {
        String why = Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> Base64Text.canonical("-----BEGIN PRIVATE KEY-----\nMIGHAgEA", "sig"));
        assertEquals("found \"-----BEGIN PRIVA…\" (36 characters)", why.substring(why.indexOf("found")));
    }
}
