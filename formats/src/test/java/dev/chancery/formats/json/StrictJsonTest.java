package dev.chancery.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.json.JsonValue.JsonArray;
import dev.chancery.formats.json.JsonValue.JsonBoolean;
import dev.chancery.formats.json.JsonValue.JsonNull;
import dev.chancery.formats.json.JsonValue.JsonNumber;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.JsonValue.JsonString;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {
    private static final int LIMIT = 16 * 1024 * 1024;

    private static JsonValue parse(String text) throws FormatException {
        return StrictJson.parse(Bytes.ofUtf8(text), LIMIT);
    }

    @Test
    void everyKindOfValueIsRead() throws FormatException {
        JsonObject object = assertInstanceOf(JsonObject.class, parse(" {\"a\" : [1, -0.5e+3,\ttrue, false, null, \"x\"],\r\n\"b\":{}} "));
        assertEquals(List.of("a", "b"), List.copyOf(object.members().keySet()));
        assertEquals(new JsonArray(List.of(new JsonNumber("1"), new JsonNumber("-0.5e+3"), new JsonBoolean(true), new JsonBoolean(false),
                new JsonNull(), new JsonString("x"))), object.members().get("a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', quoteCharacter = '~', value = {
        "\"\\u00e9\" é", "\"\\/\" /", "\"\\\\\" \\", "\"\\\"\" \"", "\"\\ud83d\\uDE00\" 😀", "\"€😀\" €😀", "\"\\u0041\\u0062\" Ab"})
    void escapesAreResolved(String json, String text) throws FormatException {
        assertEquals(new JsonString(text), parse(json));
    }

    @Test
    void controlCharactersAreReadWhenTheyAreEscaped() throws FormatException {
        assertEquals(new JsonString("\b\f\n\r\t\u0000\u001f\u007f"), parse("\"\\b\\f\\n\\r\\t\\u0000\\u001f\u007f\""));
    }

    /// RFC 8259 §7: a string may hold any character but quotation mark, backslash and the control characters below U+0020.
    @Test
    void everyCharacterIsJudgedAlikeWhereverItStandsInAString() throws FormatException {
        for (int length : List.of(1, 7, 8, 9, 24)) {
            for (int at = 0; at < length; at++) {
                for (char c = 0; c < 0x180; c++) {
                    String value = "-".repeat(at) + c + "~".repeat(length - at - 1);
                    String text = "\"" + value + "\"";
                    if (c == '"' || c == '\\' || c < 0x20) {
                        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> parse(text));
                    } else {
                        assertEquals(new JsonString(value), parse(text));
                    }
                }
            }
        }
    }

    @Test
    void aTextOfManyMebibytesIsReadAsAShortOneIs() throws FormatException {
        String value = "0123456789".repeat(300_000);
        assertEquals(new JsonString(value + "\n"), parse("\"" + value + "\\n\""));
        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> parse("\"" + value + "\n\""));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "", " ", "{", "[", "\"", "\"a", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "[1", "[1,", "tru", "nul", "-", "1.", "1e", "1e+",
        "01", "-01", "+1", ".5", "1.e1", "0x1", "1_0", "NaN", "Infinity", "-Infinity", "True", "nulll", "[1,]", "[,1]", "{,}",
        "{\"a\":1,}", "{a:1}", "{'a':1}", "{\"a\" 1}", "{\"a\"::1}", "{1:1}", "[1 2]", "{}{}", "[] []", "1 1", "//x\n1", "/*x*/1", "#x\n1",
        "\"\\x\"", "\"\\u12\"", "\"\\u12g4\"", "\"\\u+123\"", "\"\n\"", "\"\t\"", "\"\u0000\"", "\u000b1", "\u00a01", "[\u2028]", "]", "}", ",", ":", "\\"})
    void whatRfc8259DoesNotAllowIsRefused(String text) {
        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> parse(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud83d\"", "\"\\ude00\"", "\"\\ude00\\ud83d\"", "\"\\ud83dx\"", "\"\\ud83d\\n\"", "\"\\ud83d\\ud83d\"", "{\"\\ud83d\":1}"})
    void anEscapedSurrogateWithoutItsOtherHalfIsRefused(String text) {
        String why = Refusal.expect(ErrorCode.JSON_MALFORMED, () -> parse(text));
        assertEquals("expected surrogates in pairs, found an unpaired surrogate", why.substring(why.indexOf("expected")));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "22ff22", "22c022", "22c0af22", "22eda0bd22", "22f490808022", "22e28222", "fffe2200", "22f8888080808022"})
    void whatIsNotUtf8IsRefused(String hex) {
        Refusal.expect(ErrorCode.NOT_UTF8, () -> StrictJson.parse(Bytes.fromHex(hex), LIMIT));
    }

    @Test
    void aByteOrderMarkIsRefused() {
        Refusal.expect(ErrorCode.NOT_UTF8, "the document: expected UTF-8 without a byte order mark, found a byte order mark", () -> parse("\ufeff{}"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "{\"a\":1,\"a\":1}|a", "{\"a\":1,\"\\u0061\":2}|a", "[{\"x\":{\"b\":1,\"c\":2,\"b\":3}}]|[0].x.b", "{\"a\":null,\"a\":null}|a"})
    void aNameThatStandsTwiceInAnObjectIsRefused(String text, String path) {
        Refusal.expect(ErrorCode.JSON_DUPLICATE, path + ": expected once, found a second time; readers differ on which one counts", () -> parse(text));
    }

    @Test
    void sixtyFourLevelsAreReadAndNoMore() throws FormatException {
        parse("[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH));
        parse("{\"a\":".repeat(StrictJson.MAX_DEPTH) + "1" + "}".repeat(StrictJson.MAX_DEPTH));
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> parse("[".repeat(65) + "]".repeat(65)));
        String why = Refusal.expect(ErrorCode.JSON_DEPTH, () -> parse("{\"a\":".repeat(65) + "1" + "}".repeat(65)));
        assertEquals("a" + ".a".repeat(63) + ": expected at most 64 objects and arrays inside each other, found one more", why);
    }

    @Test
    void anInputOverTheLimitIsRefusedUnread() throws FormatException {
        StrictJson.parse(Bytes.ofUtf8("[1, 2]"), 6);
        Refusal.expect(ErrorCode.TOO_LARGE, "the document: expected at most 5 bytes, found 6",
                () -> StrictJson.parse(Bytes.ofUtf8("[1, 2]"), 5));
    }

    @Test
    void aNumberOfAHundredCharactersIsReadAndNoLongerOne() throws FormatException {
        assertEquals(new JsonNumber("1".repeat(StrictJson.MAX_NUMBER_LENGTH)), parse("1".repeat(StrictJson.MAX_NUMBER_LENGTH)));
        Refusal.expect(ErrorCode.JSON_MALFORMED, "line 1, column 1: expected a number of at most 100 characters, found 101 characters",
                () -> parse("1".repeat(101)));
    }

    @Test
    void aStringBeyondAsciiOfFourMebibytesIsReadAndNoLongerOne() throws FormatException {
        String most = "ü".repeat(StrictJson.MAX_TEXT / 2);
        assertEquals(new JsonString(most), StrictJson.parse(Bytes.ofUtf8("\"" + most + "\""), StrictJson.MAX_TEXT + 2));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StrictJson.parse(Bytes.ofUtf8("\"" + most + "x\""), StrictJson.MAX_TEXT + 3));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StrictJson.parse(Bytes.ofUtf8("\"" + "\\n".repeat(StrictJson.MAX_TEXT / 2) + "x\""), StrictJson.MAX_TEXT + 3));
        String base64 = "A".repeat(StrictJson.MAX_TEXT + 1);
        assertEquals(new JsonString(base64), StrictJson.parse(Bytes.ofUtf8("\"" + base64 + "\""), StrictJson.MAX_TEXT + 3));
    }

    @Test
    void aMillionValuesAreReadAndNoMore() throws FormatException {
        String most = "[" + "1,".repeat(StrictJson.MAX_VALUES - 2) + "1]";
        assertEquals(StrictJson.MAX_VALUES - 1, assertInstanceOf(JsonArray.class, parse(most)).elements().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> parse("[1," + most.substring(1)));
    }

    @Test
    void errorsNameLineAndColumnInCharacters() {
        Refusal.expect(ErrorCode.JSON_MALFORMED, "line 3, column 6: expected a value, found \"x\"", () -> parse("{\n\"ä\":1,\n\"😀\": x}"));
        Refusal.expect(ErrorCode.JSON_MALFORMED,
                "line 1, column 11: expected the end of the string that begins at line 1, column 7, found the end of the document",
                () -> parse("{\"a\": \"bcd"));
    }

    @Test
    void aLongOrStrangeNameDoesNotReachTheMessageAsItIs() {
        String why = Refusal.expect(ErrorCode.JSON_DUPLICATE,
                () -> parse("{\"\u202e" + "x".repeat(1000) + "\":1,\"\u202e" + "x".repeat(1000) + "\":1}"));
        assertEquals("<U+202E>" + "x".repeat(79) + "…", why.substring(0, why.indexOf(':')));
    }

    @Test
    void theTextOfAMemberIsHadByteForByte() throws FormatException {
        SourcedObject read = StrictJson.parseObject(Bytes.ofUtf8("{\"a\": { \"x\":1.50,\n\"y\": \"\\u00e9é\" }  ,\"b\":[2 ]}"), LIMIT, Set.of("a"));
        assertEquals("{ \"x\":1.50,\n\"y\": \"\\u00e9é\" }", read.source("a").flatMap(Bytes::utf8).orElseThrow());
        assertEquals("an object", read.kind("a").orElseThrow());
        assertEquals("[2 ]", read.source("b").flatMap(Bytes::utf8).orElseThrow());
        assertEquals(Set.of("b"), read.object().members().keySet());
        assertEquals(java.util.Optional.empty(), read.source("c"));
    }

    @Test
    void aMemberThatIsNotKeptIsCheckedAsStrictlyAsTheRest() {
        Set<String> unread = Set.of("p");
        Refusal.expect(ErrorCode.JSON_DUPLICATE, () -> StrictJson.parseObject(Bytes.ofUtf8("{\"p\":{\"a\":[{\"b\":1,\"b\":1}]}}"), LIMIT, unread));
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> StrictJson.parseObject(Bytes.ofUtf8("{\"p\":" + "[".repeat(64)), LIMIT, unread));
        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> StrictJson.parseObject(Bytes.ofUtf8("{\"p\":[1,]}"), LIMIT, unread));
        Refusal.expect(ErrorCode.JSON_DUPLICATE, () -> StrictJson.parseObject(Bytes.ofUtf8("{\"p\":1,\"p\":1}"), LIMIT, unread));
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> StrictJson.checkObject(Bytes.ofUtf8("[]"), LIMIT, StrictJson.MAX_DEPTH));
        Refusal.expect(ErrorCode.JSON_DUPLICATE, () -> StrictJson.checkObject(Bytes.ofUtf8("{\"a\":{\"b\":1,\"b\":1}}"), LIMIT, StrictJson.MAX_DEPTH));
    }

    @Test
    void aCheckedObjectMayHaveMoreValuesThanAKeptOne() throws FormatException {
        StrictJson.checkObject(Bytes.ofUtf8("{\"a\":[" + "1,".repeat(2 * StrictJson.MAX_VALUES) + "1]}"), LIMIT, StrictJson.MAX_DEPTH);
        StrictJson.checkObject(Bytes.ofUtf8("{\"a\":[" + "{\"b\":1},".repeat(StrictJson.MAX_VALUES) + "1]}"), LIMIT, StrictJson.MAX_DEPTH);
    }

    @Test
    void theNamesThatACheckMustRememberAreBounded() {
        StringBuilder names = new StringBuilder("{\"p\":{");
        for (int i = 0; i <= StrictJson.MAX_VALUES; i++) {
            names.append('"').append(Integer.toString(i, 36)).append("\":1,");
        }
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StrictJson.checkObject(Bytes.ofUtf8(names + "\"z\":1}}"), LIMIT, StrictJson.MAX_DEPTH));
    }

    @ParameterizedTest
    @ValueSource(strings = {"[", "{\"a\":", "\"", "\\", "1", "[[],", " ", "{\"a\":1,"})
    @Timeout(value = 20, unit = TimeUnit.SECONDS)
    void sixteenMebibytesOfJunkAreRefused(String unit) {
        boolean nests = Set.of("[", "[[],", "{\"a\":").contains(unit);
        Refusal.expect(nests ? ErrorCode.JSON_DEPTH : ErrorCode.JSON_MALFORMED, () -> parse(unit.repeat(LIMIT / unit.length())));
    }
}
