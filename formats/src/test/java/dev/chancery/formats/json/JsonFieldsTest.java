package dev.chancery.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonFieldsTest {
    private static JsonFields plain(String json) throws FormatException {
        return JsonFields.of(StrictJson.parse(Bytes.ofUtf8(json), 1000), "");
    }

    private static JsonFields protobuf(String json) throws FormatException {
        return JsonFields.ofProtobuf(StrictJson.parse(Bytes.ofUtf8(json), 1000), "m");
    }

    @Test
    void nullCountsAsAbsent() throws FormatException {
        JsonFields fields = plain("{\"a\":null,\"b\":null,\"c\":null,\"d\":null,\"e\":null}");
        assertEquals(Optional.empty(), fields.take("a"));
        assertEquals(Optional.empty(), fields.text("b"));
        assertEquals(List.of(), fields.array("c"));
        assertEquals(Optional.empty(), fields.optionalObject("d"));
        Refusal.expect(ErrorCode.FIELD_MISSING, "e: expected a string, found nothing", () -> fields.requiredText("e"));
        fields.end();
    }

    @Test
    void whatIsLeftIsRefusedEvenWhenItIsNull() throws FormatException {
        JsonFields fields = plain("{\"a\":1,\"z\":null}");
        fields.take("a");
        fields.take("b");
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, "z: expected only a, b, found this", fields::end);
    }

    @Test
    void aFieldOfProtocolBuffersGoesByEitherName() throws FormatException {
        assertEquals("x", protobuf("{\"logIndex\":\"x\"}").requiredText("logIndex"));
        assertEquals("x", protobuf("{\"log_index\":\"x\"}").requiredText("logIndex"));
        assertEquals("x", protobuf("{\"x509_certificate_chain\":\"x\"}").requiredText("x509CertificateChain"));
        assertEquals("x", protobuf("{\"rfc3161_timestamps\":\"x\"}").requiredText("rfc3161Timestamps"));
    }

    @Test
    void bothNamesOfOneFieldAreADuplicate() throws FormatException {
        for (String json : List.of("{\"logIndex\":1,\"log_index\":1}", "{\"logIndex\":null,\"log_index\":1}", "{\"log_index\":1,\"logIndex\":null}")) {
            JsonFields fields = protobuf(json);
            Refusal.expect(ErrorCode.JSON_DUPLICATE,
                    "m.logIndex (also written log_index): expected once, found a second time; readers differ on which one counts",
                    () -> fields.take("logIndex"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LogIndex", "logindex", "log_Index", "log__index", "_log_index"})
    void noOtherSpellingIsRead(String name) throws FormatException {
        JsonFields fields = protobuf("{\"" + name + "\":1}");
        fields.take("logIndex");
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, fields::end);
    }

    @Test
    void aFieldThatItsProtoFileSpellsInCamelCaseHasNoSecondName() throws FormatException {
        JsonFields fields = protobuf("{\"payload_type\":\"x\"}").namedAlike();
        assertEquals(Optional.empty(), fields.text("payloadType"));
        Refusal.expect(ErrorCode.FIELD_UNKNOWN, fields::end);
    }

    @Test
    void ourOwnDocumentsHaveOneNameForEachFieldAndOneBase64() throws FormatException {
        assertEquals(Optional.empty(), plain("{\"log_index\":1}").take("logIndex"));
        Refusal.expect(ErrorCode.BASE64_MALFORMED, () -> plain("{\"a\":\"_w\"}").bytes("a"));
        assertEquals("ff", protobuf("{\"a\":\"_w\"}").bytes("a").toHex());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "0|0", "7|7", "-7|-7", "\"7\"|7", "1e2|100", "\"1e2\"|100", "1.0|1", "-0|0", "10e-1|1", "9223372036854775807|9223372036854775807",
        "\"-9223372036854775808\"|-9223372036854775808", "null|0"})
    void anIntegerIsANumberOrAStringWithOne(String json, long value) throws FormatException {
        assertEquals(value, protobuf("{\"a\":" + json + "}").int64("a"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "1.5", "\"\"", "\" 1\"", "\"+1\"", "\"0x1\"", "\"1 \"", "9223372036854775808", "\"-9223372036854775809\"", "1e400", "1e999999999", "1e-999999999",
        "1e99999999999", "true", "[1]", "\"NaN\"", "\"01\""})
    void anythingElseIsNoInteger(String json) throws FormatException {
        JsonFields fields = protobuf("{\"a\":" + json + "}");
        Refusal.expect(ErrorCode.FIELD_INVALID, () -> fields.int64("a"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {"\"B\"|B", "1|B", "0|A", "1.0|B", "1e0|B", "null|A"})
    void anEnumerationGoesByNameOrNumber(String json, String value) throws FormatException {
        assertEquals(value, protobuf("{\"e\":" + json + "}").enumeration("e", List.of("A", "B")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"b\"", "\"1\"", "2", "-1", "9999999999", "\"\"", "{}"})
    void anythingElseIsNoValueOfAnEnumeration(String json) throws FormatException {
        JsonFields fields = protobuf("{\"e\":" + json + "}");
        String why = Refusal.expect(ErrorCode.FIELD_INVALID, () -> fields.enumeration("e", List.of("A", "B")));
        assertEquals("m.e: expected one of A, B", why.substring(0, why.indexOf(", found")));
    }

    @Test
    void aFractionIsNoValueOfAnEnumeration() throws FormatException {
        JsonFields fields = protobuf("{\"e\":0.5}");
        Refusal.expect(ErrorCode.FIELD_INVALID, "m.e: expected a whole number of 64 bits, found 0.5", () -> fields.enumeration("e", List.of("A", "B")));
    }

    @Test
    void valuesOfAnotherKindAreRefusedWithTheirPlace() throws FormatException {
        JsonFields fields = protobuf("{\"a\":{\"b\":[{\"c\":1}]}}").object("a");
        JsonFields element = fields.objects("b", 1).getFirst();
        Refusal.expect(ErrorCode.FIELD_INVALID, "m.a.b[0].c: expected a string, found a number", () -> element.text("c"));
    }

    @Test
    void arraysAreCounted() throws FormatException {
        JsonFields fields = protobuf("{\"a\":[{},{},{}],\"b\":[\"\",\"\"]}");
        Refusal.expect(ErrorCode.TOO_LARGE, "m.a: expected at most 2 elements, found 3", () -> fields.objects("a", 2));
        Refusal.expect(ErrorCode.TOO_LARGE, "m.b: expected at most 1 elements, found 2", () -> fields.bytesArray("b", 1));
    }
}
