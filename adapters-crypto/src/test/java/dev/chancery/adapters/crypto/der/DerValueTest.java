package dev.chancery.adapters.crypto.der;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The encodings are worked out by hand from X.690.
class DerValueTest {
    private static DerValue parse(String hex) throws DerException {
        return DerValue.parse(Bytes.fromHex(hex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "30", "3080", "30800000", "308100", "30817f", "3003020101ff", "30020201ff", "1f810100", "30850000000000", "0485ffffffffff"})
    void anythingButOneValueWithADefiniteShortestLengthIsRefused(String hex) {
        assertThrows(DerException.class, () -> parse(hex).content());
    }

    @Test
    void aLongLengthIsReadInItsShortestForm() throws Exception {
        assertEquals(128, parse("048180" + "00".repeat(128)).octets("content").size());
        assertThrows(DerException.class, () -> parse("04820080" + "00".repeat(128)));
    }

    @ParameterizedTest
    @CsvSource({"020100,0", "02017f,127", "02020080,128", "0201ff,-1", "0202ff7f,-129"})
    void anIntegerIsReadInItsShortestForm(String hex, String value) throws Exception {
        assertEquals(new BigInteger(value), parse(hex).integer("number"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0200", "0202007f", "0202ff80"})
    void anIntegerInAnotherFormIsRefused(String hex) throws Exception {
        DerValue value = parse(hex);
        assertThrows(DerException.class, () -> value.integer("number"));
    }

    @Test
    void aBooleanIsOneOfTwo() throws Exception {
        assertTrue(parse("0101ff").bool("flag"));
        assertFalse(parse("010100").bool("flag"));
        DerValue other = parse("010101");
        assertThrows(DerException.class, () -> other.bool("flag"));
    }

    @ParameterizedTest
    @CsvSource({"06062a864886f70d,1.2.840.113549", "0603550403,2.5.4.3", "0603883703,2.999.3", "060a2b0601040183bf300108,1.3.6.1.4.1.57264.1.8"})
    void anObjectIdentifierIsReadArcByArc(String hex, String dotted) throws Exception {
        assertEquals(dotted, parse(hex).oid("type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0600", "06022a80", "06032a8001", "060c2affffffffffffffffffff7f"})
    void aDamagedObjectIdentifierIsRefused(String hex) throws Exception {
        DerValue value = parse(hex);
        assertThrows(DerException.class, () -> value.oid("type"));
    }

    @ParameterizedTest
    @CsvSource({"20261121080511Z,2026-11-21T08:05:11Z", "20261121080511.5Z,2026-11-21T08:05:11.500Z", "20240229235959.123456789Z,2024-02-29T23:59:59.123456789Z"})
    void aGeneralizedTimeIsUtcWithAShortestFraction(String text, Instant expected) throws Exception {
        assertEquals(expected, time(text).generalizedTime("time"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"20261121080511", "202611210805Z", "20261121080511.Z", "20261121080511.50Z", "20261121080511+0100", "20260230000000Z",
        "20261121240000Z", "2026112108051１Z", "20261121080511.1234567891Z"})
    void aGeneralizedTimeInAnotherFormIsRefused(String text) throws Exception {
        DerValue value = time(text);
        assertThrows(DerException.class, () -> value.generalizedTime("time"));
    }

    @ParameterizedTest
    @CsvSource({"261121080511Z,2026-11-21T08:05:11Z", "500101000000Z,1950-01-01T00:00:00Z", "491231235959Z,2049-12-31T23:59:59Z"})
    void aCertificatesTimeOfTwoDigitsIsFrom1950To2049(String text, Instant expected) throws Exception {
        Bytes content = Bytes.ofUtf8(text);
        assertEquals(expected, DerValue.parse(DerWriter.tagged(DerValue.UTC_TIME, java.util.List.of(content))).certificateTime("notBefore"));
    }

    private static DerValue time(String text) throws DerException {
        return DerValue.parse(DerWriter.tagged(DerValue.GENERALIZED_TIME, java.util.List.of(Bytes.ofUtf8(text))));
    }
}
