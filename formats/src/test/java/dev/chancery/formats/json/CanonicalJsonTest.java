package dev.chancery.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.Seed;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
    private static String canonical(String json) throws FormatException {
        return CanonicalJson.encode(StrictJson.parse(Bytes.ofUtf8(json), 1 << 20)).utf8().orElseThrow();
    }

    /// RFC 8785 appendix B, less the two values that JSON doesn't have.
    @ParameterizedTest
    @CsvSource({
        "0000000000000000,0", "8000000000000000,0", "0000000000000001,5e-324", "8000000000000001,-5e-324",
        "7fefffffffffffff,1.7976931348623157e+308", "ffefffffffffffff,-1.7976931348623157e+308", "4340000000000000,9007199254740992",
        "c340000000000000,-9007199254740992", "4430000000000000,295147905179352830000", "44b52d02c7e14af5,9.999999999999997e+22",
        "44b52d02c7e14af6,1e+23", "44b52d02c7e14af7,1.0000000000000001e+23", "444b1ae4d6e2ef4e,999999999999999700000",
        "444b1ae4d6e2ef4f,999999999999999900000", "444b1ae4d6e2ef50,1e+21", "3eb0c6f7a0b5ed8c,9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d,0.000001", "41b3de4355555553,333333333.3333332", "41b3de4355555554,333333333.33333325",
        "41b3de4355555555,333333333.3333333", "41b3de4355555556,333333333.3333334", "41b3de4355555557,333333333.33333343",
        "becbf647612f3696,-0.0000033333333333333333", "43143ff3c1cb0959,1424953923781206.2"})
    void numbersAreWrittenAsAppendixBSays(String ieee754, String text) throws FormatException {
        assertEquals(text, EcmaScriptNumber.format(Double.longBitsToDouble(Long.parseUnsignedLong(ieee754, 16))));
        assertEquals(text, canonical(text));
    }

    /// RFC 8785 §3.2.3.
    @Test
    void membersAreSortedByUtf16CodeUnits() throws FormatException {
        assertEquals("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"ö\":\"Latin Small Letter O With Diaeresis\","
                        + "\"€\":\"Euro Sign\",\"😀\":\"Emoji: Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}",
                canonical("""
                        {
                          "\\u20ac": "Euro Sign",
                          "\\r": "Carriage Return",
                          "\\ufb33": "Hebrew Letter Dalet With Dagesh",
                          "1": "One",
                          "\\ud83d\\ude00": "Emoji: Grinning Face",
                          "\\u0080": "Control",
                          "\\u00f6": "Latin Small Letter O With Diaeresis"
                        }"""));
    }

    /// RFC 8785 §3.2.2, but for its first number, 333333333.33333329, which the RFC rounds and we refuse. The expected bytes are §3.2.4's.
    @Test
    void theExampleOfTheRfcIsWrittenAsItSays() throws FormatException {
        String expected = """
                7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b3333333333333333332e333333333333332c\
                31652b33302c342e352c302e3030322c31652d32375d2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d""";
        assertEquals(Bytes.fromHex(expected).utf8().orElseThrow(), canonical("""
                {
                  "numbers": [333333333.3333333, 1E30, 4.50,
                              2e-3, 0.000000000000000000000000001],
                  "string": "\\u20ac$\\u000F\\u000aA'\\u0042\\u0022\\u005c\\\\\\"\\/",
                  "literals": [null, true, false]
                }"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "333333333.33333329", "9007199254740993", "-9007199254740993", "295147905179352825856", "0.1000000000000000055", "1e400", "-1e400",
        "1e-400", "123456789012345678901", "1.00000000000000000001", "4.9406564584124654e-324"})
    void aNumberThatWouldBeRoundedIsRefused(String number) {
        Refusal.expect(ErrorCode.FIELD_INVALID, "a[0]: expected a number that a double can say (RFC 8785 §3.2.2.3), found " + number,
                () -> canonical("{\"a\":[" + number + "]}"));
    }

    @ParameterizedTest
    @CsvSource({
        "9007199254740992,9007199254740992", "9007199254740994,9007199254740994", "1.0,1", "-0,0", "-0.0e5,0", "100e-2,1", "1E+2,100",
        "0.1,0.1", "1e21,1e+21", "1e20,100000000000000000000", "1e-7,1e-7", "1.50e-6,0.0000015", "1e-323,1e-323"})
    void aNumberThatKeepsItsValueIsWrittenInItsOneForm(String number, String text) throws FormatException {
        assertEquals(text, canonical(number));
    }

    @Test
    void anUnpairedSurrogateIsRefused() {
        for (String text : List.of("\ud83d", "\ude00", "\ude00\ud83d", "a\ud83db")) {
            Refusal.expect(ErrorCode.FIELD_INVALID, () -> CanonicalJson.encode(new JsonValue.JsonString(text)));
            Refusal.expect(ErrorCode.FIELD_INVALID,
                    () -> CanonicalJson.encode(new JsonValue.JsonObject(Map.of(text, new JsonValue.JsonNull()))));
        }
    }

    @Test
    void aRandomDoubleIsWrittenSoThatItIsReadBackInNoMoreDigitsThanJavaUses() {
        RandomGenerator random = Seed.of(CanonicalJsonTest.class);
        for (int i = 0; i < 30_000; i++) {
            double value = Double.longBitsToDouble(random.nextLong() & (i % 3 == 0 ? 0x800fffffffffffffL : -1L));
            if (Double.isFinite(value)) {
                String text = EcmaScriptNumber.format(value);
                assertEquals(value + 0.0, Double.parseDouble(text));
                assertEquals(true, digits(text) <= digits(Double.toString(value)), text);
            }
        }
    }

    private static long digits(String text) {
        String significand = text.replaceFirst("[eE].*", "").replaceFirst("\\.0$", "").replace(".", "").replaceFirst("^-?0*", "");
        return significand.replaceFirst("0+$", "").length();
    }

    @Test
    void aTextIsItsOwnCanonicalFormTheSecondTime() throws FormatException {
        RandomGenerator random = Seed.of(CanonicalJsonTest.class);
        for (int i = 0; i < 5_000; i++) {
            JsonValue value = RandomJson.value(random, 4);
            try {
                Bytes once = CanonicalJson.encode(value);
                assertEquals(once, CanonicalJson.encode(StrictJson.parse(once, once.size())));
            } catch (FormatException e) {
                assertEquals(ErrorCode.FIELD_INVALID, e.problem().code()); // one of the numbers that would be rounded
            }
        }
    }
}
