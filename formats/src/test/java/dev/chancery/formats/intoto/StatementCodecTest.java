package dev.chancery.formats.intoto;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Refusal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatementCodecTest {
    private static final String SHA256 = "40c5fe8cd4759383ec0935d01d24de54b2cf553241da8214fcdba807bc7a68b7";
    private static final Subject SUBJECT = new Subject("a", Map.of("sha256", SHA256));
    private static final String HEAD = "{\"_type\":\"https://in-toto.io/Statement/v1\",\"subject\":[{\"name\":\"a\",\"digest\":{\"sha256\":\""
            + SHA256 + "\"}}],\"predicateType\":\"https://example.com/t\"";

    private static Statement read(String json) throws FormatException {
        return StatementCodec.read(Bytes.ofUtf8(json));
    }

    private static Statement statement(String predicate) {
        return new Statement(Statement.V1, List.of(SUBJECT), "https://example.com/t", Bytes.ofUtf8(predicate));
    }

    @Test
    void aStatementIsWrittenAsTheSpecificationOrdersIt() throws FormatException {
        assertEquals(HEAD + ",\"predicate\":{}}", StatementCodec.write(statement("{}")).utf8().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{}", "{ \"b\" : 1.50,\n\t\"a\":1E2 , \"u\":\"\\u00e9\" }", "{\"big\":123456789012345678901234567890}", "{\"\\ud83d\\ude00\":[[[]]]}"})
    void thePredicateKeepsItsBytesOnWritingAndReading(String predicate) throws FormatException {
        Bytes written = StatementCodec.write(statement(predicate));
        assertEquals(HEAD + ",\"predicate\":" + predicate + "}", written.utf8().orElseThrow());
        assertEquals(statement(predicate), StatementCodec.read(written));
    }

    @Test
    void whiteSpaceAroundAPredicateIsWrittenButNotReadAsAPartOfIt() throws FormatException {
        Bytes written = StatementCodec.write(statement("\n{} \n"));
        assertEquals(HEAD + ",\"predicate\":\n{} \n}", written.utf8().orElseThrow());
        assertEquals(Bytes.ofUtf8("{}"), StatementCodec.read(written).predicate());
    }

    @Test
    void version01IsReadAsWhatItIs() throws FormatException {
        assertEquals(Statement.V0_1, read(HEAD.replace("/v1\"", "/v0.1\"") + "}").type());
    }

    @Test
    void noPredicateAndNullAreAnEmptyOne() throws FormatException {
        assertEquals(Bytes.ofUtf8("{}"), read(HEAD + "}").predicate());
        assertEquals(Bytes.ofUtf8("{}"), read(HEAD + ",\"predicate\":null}").predicate());
    }

    @Test
    void membersThatTheSpecificationDoesNotNameArePassedOver() throws FormatException {
        Statement statement = read("{\"x\":{\"y\":[1]}," + HEAD.substring(1).replace("\"name\"", "\"uri\":\"u\",\"annotations\":{},\"name\"") + "}");
        assertEquals(List.of(SUBJECT), statement.subjects());
    }

    @Test
    void digestsByAlgorithmsThatAreNotKnownHereAreKept() throws FormatException {
        Statement statement = read(HEAD.replace("{\"sha256\"", "{\"gitCommit\":\"ABC\",\"sha256\"") + "}");
        assertEquals(Map.of("gitCommit", "ABC", "sha256", SHA256), statement.subjects().getFirst().digests());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_MISSING|\"_type\"|\"type\"", "FIELD_INVALID|Statement/v1|Statement/v2", "FIELD_MISSING|\"subject\"|\"subjects\"",
        "FIELD_MISSING|\"predicateType\"|\"predicatetype\"", "FIELD_MISSING|https://example.com/t|", "FIELD_MISSING|{\"sha256\":\"HASH\"}|{}",
        "FIELD_MISSING|\"digest\"|\"digests\"", "FIELD_INVALID|{\"sha256\":\"HASH\"}|[]", "FIELD_INVALID|\"HASH\"|1",
        "FIELD_MISSING|\"sha256\":\"HASH\"|\"blake3\":\"\"", "DIGEST_LENGTH|HASH|40c5", "DIGEST_LENGTH|HASH|HASH00", "DIGEST_LENGTH|sha256|sha512",
        "FIELD_INVALID|HASH|40C5fe8cd4759383ec0935d01d24de54b2cf553241da8214fcdba807bc7a68b7", "FIELD_INVALID|\"name\":\"a\"|\"name\":1",
        "JSON_DUPLICATE|\"name\":\"a\"|\"name\":\"a\",\"name\":\"b\"", "FIELD_INVALID|[{\"name\"|[1,{\"name\""})
    void whatIsNoStatementIsRefused(ErrorCode code, String part, String replacement) {
        String json = (HEAD + "}").replace(part.replace("HASH", SHA256), replacement == null ? "" : replacement.replace("HASH", SHA256));
        Refusal.expect(code, () -> read(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', value = {
        "FIELD_INVALID|1", "FIELD_INVALID|[]", "FIELD_INVALID|\"x\"", "JSON_DUPLICATE|{\"a\":{\"b\":1,\"b\":1}}", "JSON_MALFORMED|{\"a\":\"\\ud800\"}",
        "JSON_MALFORMED|{\"a\":NaN}"})
    void whatIsNoPredicateIsRefusedOnReadingAndWriting(ErrorCode code, String predicate) {
        Refusal.expect(code, () -> read(HEAD + ",\"predicate\":" + predicate + "}"));
        Refusal.expect(code, () -> StatementCodec.write(statement(predicate)));
        Refusal.expect(code, () -> StatementCodec.checkPredicate(Bytes.ofUtf8(predicate)));
    }

    @Test
    void aPredicateCannotEndItsStatementAndBeginAnother() {
        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> StatementCodec.write(statement("{},\"subject\":[]")));
        Refusal.expect(ErrorCode.JSON_MALFORMED, () -> StatementCodec.write(statement("{}}")));
    }

    @Test
    void aPredicateHasOneLevelLessThanItsStatement() throws FormatException {
        String deepest = "{\"a\":".repeat(63) + "1" + "}".repeat(63);
        assertEquals(statement(deepest), StatementCodec.read(StatementCodec.write(statement(deepest))));
        String deeper = "{\"a\":" + deepest + "}";
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> StatementCodec.write(statement(deeper)));
        Refusal.expect(ErrorCode.JSON_DEPTH, () -> read(HEAD + ",\"predicate\":" + deeper + "}"));
    }

    @Test
    void tenThousandSubjectsAreReadAndNoMore() throws FormatException {
        Statement most = new Statement(Statement.V1, Collections.nCopies(Statement.MAX_SUBJECTS, SUBJECT), "t", Bytes.ofUtf8("{}"));
        Bytes written = StatementCodec.write(most);
        assertEquals(most, StatementCodec.read(written));
        String more = written.utf8().orElseThrow().replace("\"subject\":[", "\"subject\":[{\"digest\":{\"x\":\"1\"}},");
        Refusal.expect(ErrorCode.TOO_LARGE, "subject: expected at most 10000 elements, found 10001", () -> read(more));
    }

    @Test
    void sixteenMebibytesAreWrittenAndReadAndNoMore() throws FormatException {
        int room = DssePayload.MAX_LENGTH - StatementCodec.write(statement("{\"a\":\"\"}")).size();
        Bytes written = StatementCodec.write(statement("{\"a\":\"" + "x".repeat(room) + "\"}"));
        assertEquals(DssePayload.MAX_LENGTH, written.size());
        assertEquals(room + 8, StatementCodec.read(written).predicate().size());
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StatementCodec.write(statement("{\"a\":\"" + "x".repeat(room + 1) + "\"}")));
        Refusal.expect(ErrorCode.TOO_LARGE, () -> StatementCodec.read(written.concat(Bytes.ofUtf8(" "))));
    }

    @Test
    void aPredicateOfMillionsOfValuesIsPassedThrough() throws FormatException {
        String predicate = "{\"a\":[" + String.join(",", new ArrayList<>(Collections.nCopies(3_000_000, "1"))) + "]}";
        assertEquals(predicate.length(), StatementCodec.read(StatementCodec.write(statement(predicate))).predicate().size());
    }
}
