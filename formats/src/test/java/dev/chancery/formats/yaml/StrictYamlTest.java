package dev.chancery.formats.yaml;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import dev.chancery.formats.Seed;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {
    private static final int LIMIT = 1 << 20;

    private static final String EXAMPLE = """
            # a comment
            signers:
              alice: {key: "a.pub", weight: 2}   # flow style
              "b o b":
                key: |
                  line one
                  line two
                folded: >-
                  one
                  line
            list:
            - 1.5
            - true
            - 'it''s'
            - sha256:abc
            - 2026-11-21T09:30:00Z
            - 90d
            - -
            """;

    private static YamlDocument parse(String yaml) throws FormatException {
        return StrictYaml.parse(Bytes.ofUtf8(yaml), LIMIT);
    }

    private static String json(String yaml) throws FormatException {
        return JsonText.compact(parse(yaml).value()).utf8().orElseThrow();
    }

    @Test
    void aDocumentIsReadAsTheJsonItIs() throws FormatException {
        assertEquals("{\"signers\":{\"alice\":{\"key\":\"a.pub\",\"weight\":2},\"b o b\":{\"key\":\"line one\\nline two\\n\",\"folded\":\"one line\"}},"
                        + "\"list\":[1.5,true,\"it's\",\"sha256:abc\",\"2026-11-21T09:30:00Z\",\"90d\",\"-\"]}",
                json(EXAMPLE.replace("- -\n", "- \"-\"\n")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "\"x\"", "{\"a\":[1,{\"b\":\"c\"}],\"d\":-1.5e+10}", "{\"\\u00e9\":\"\\ud83d\\ude00\\n\\\"\"}"})
    void jsonIsYaml(String json) throws FormatException {
        assertEquals(json.replace("\\u00e9", "é").replace("\\ud83d\\ude00", "😀"), json(json));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "no", "No", "NO", "yes", "on", "off", "Off", "y", "N", "True", "FALSE", "~", "Null", "NULL", "0777", "0o17", "0x1F", "0b11", "1_000", "+1", "1.", ".5",
        "1e3_", "12:30", "1:02:03.5", ".inf", "-.Inf", ".NaN", "=", "<<", "01", "-01", "1_0.5"})
    void whatSomeReadersTakeForSomethingElseMustBeQuoted(String text) throws FormatException {
        if (!text.equals("1e3_")) {
            Refusal.expect(ErrorCode.YAML_NOT_JSON, () -> parse("a: " + text));
        }
        assertEquals("{\"a\":\"" + text + "\"}", json("a: \"" + text + "\""));
        assertEquals("{\"a\":\"" + text + "\"}", json("a: '" + text + "'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "1|1", "-0|-0", "1.50|1.50", "1e3|1e3", "true|true", "false|false", "none|\"none\"", "1.2.3|\"1.2.3\"", "v1|\"v1\"", "https://x/y|\"https://x/y\"",
        "a b|\"a b\"", "1 a|\"1 a\"", "1-2|\"1-2\"", "12:99|\"12:99\""})
    void otherUnquotedTextMeansWhatItMeansInJsonOrIsAString(String text, String json) throws FormatException {
        assertEquals("{\"a\":" + json + "}", json("a: " + text));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "a: &x 1", "a: &x {}", "a: *x", "&x a: 1", "a: !!str 1", "a: !x {}", "a: ! x", "!!map {a: 1}", "a: !% x", "a: !<%> x", "%YAML 1.2\n---\na: 1", "%TAG ! tag:x,2000:\n---\na: 1",
        "a: 1\n---\nb: 1", "<<: {a: 1}", "1: a", "true: a", "on: a", "? [a]\n: b", "? {a: b}\n: c", "a:", "a: null", "a:\n  b:\nc: 1", "- ", "[a, ]x: 1", "",
        "# nothing", "--- \n...", "a: \"\\ud83d\"", "\"\\ud83d\": 1", "{a, b: 1}", "~: 1"})
    void whatJsonCannotSayIsRefused(String yaml) {
        FormatException refusal = org.junit.jupiter.api.Assertions.assertThrows(FormatException.class, () -> parse(yaml));
        assertEquals(true, List.of(ErrorCode.YAML_NOT_JSON, ErrorCode.YAML_MALFORMED).contains(refusal.problem().code()), refusal::getMessage);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a: b: c", "a: [1", "a: {", "\ta: 1", "a: \"x", "a: 'x", "- a\nb: 1", "a: @x", "a: %x", "a: \"\\x\"", "a: \u0007", "a\n b: 1"})
    void whatIsNoYamlIsRefused(String yaml) {
        Refusal.expect(ErrorCode.YAML_MALFORMED, () -> parse(yaml));
    }

    @Test
    void aKeyThatStandsTwiceIsRefused() {
        Refusal.expect(ErrorCode.JSON_DUPLICATE, "x.a (line 3, column 3): expected once, found a second time; readers differ on which one counts",
                () -> parse("x:\n  a: 1\n  \"a\": 2\n"));
    }

    @Test
    void messagesNameLineAndColumn() throws FormatException {
        JsonFields fields = parse(EXAMPLE.replace("- -\n", "- x\n")).fields();
        assertEquals("signers.alice.key (line 3, column 11)", fields.object("signers").object("alice").at("key"));
        assertEquals("signers.alice.keys (line 3, column 3)", fields.object("signers").object("alice").at("keys"));
        assertEquals("list[1] (line 13, column 3)", fields.at("list", 1));
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, "signers (line 2, column 1): expected only a, list, found this", () -> {
            JsonFields again = parse(EXAMPLE.replace("- -\n", "- x\n")).fields();
            again.take("a");
            again.array("list");
            again.end();
        });
        Refusal.expect(ErrorCode.YAML_NOT_JSON, "line 2, column 5: expected text in quotes where other readers take it for something else than a string, found \"no\"",
                () -> parse("a:\n  - no"));
    }

    @Test
    void sixtyFourLevelsAreReadAndNoMore() throws FormatException {
        parse("[".repeat(64) + "]".repeat(64));
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> parse("[".repeat(65) + "]".repeat(65)));
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> parse("- ".repeat(65) + "a"));
    }

    @Test
    void aHundredThousandValuesAreReadAndNoMore() throws FormatException {
        assertEquals(StrictYaml.MAX_VALUES - 1, parse("- a\n".repeat(StrictYaml.MAX_VALUES - 1)).value() instanceof JsonValue.JsonArray a ? a.elements().size() : 0);
        Refusal.expect(ErrorCode.TOO_LARGE, () -> parse("- a\n".repeat(StrictYaml.MAX_VALUES)));
    }

    @Test
    void bytesAreCheckedBeforeTheYaml() {
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StrictYaml.parse(Bytes.ofUtf8("a: 1"), 3));
        Refusal.expect(ErrorCode.NOT_UTF8, () -> StrictYaml.parse(Bytes.fromHex("613aff"), LIMIT));
        Refusal.expect(ErrorCode.NOT_UTF8, () -> parse("\ufeffa: 1"));
    }

    @Test
    @Timeout(value = 120, unit = TimeUnit.SECONDS)
    void mutationsAndJunkEndInAValueOrARefusal() {
        RandomGenerator random = Seed.of(StrictYamlTest.class);
        String alphabet = "{}[]\"',:\\-?&*!|>%@`#~ \n\t0aé\u0085\u2028";
        for (int i = 0; i < 4_000; i++) {
            StringBuilder yaml = new StringBuilder(EXAMPLE);
            for (int n = 1 + random.nextInt(4); n > 0; n--) {
                yaml.setCharAt(random.nextInt(yaml.length()), alphabet.charAt(random.nextInt(alphabet.length())));
            }
            readOrRefuse(yaml.substring(0, random.nextInt(yaml.length())));
            readOrRefuse(yaml.toString());
        }
        for (String unit : List.of("[", "{", "- ", "? ", "a: ", "\"", "'", "|\n", "&a ", "*a ", "!a ", "%", "#", "\n", " ", "a", ",", "--- ", "{a: ", "[[],")) {
            readOrRefuse(unit.repeat(LIMIT / 4 / unit.length()));
        }
    }

    /// Any other exception fails the test.
    private static void readOrRefuse(String yaml) {
        try {
            StrictYaml.parse(Bytes.ofUtf8(yaml), LIMIT);
        } catch (FormatException e) {
            assertEquals('F', e.problem().code().code().charAt(4));
        }
    }
}
