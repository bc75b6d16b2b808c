package dev.chancery.formats.intoto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Reads and writes in-toto statements (attestation spec v1, statement.md).
public final class StatementCodec {
    private StatementCodec() {}

    /// Refuses a predicate that isn't one strict JSON object.
    ///
    /// @throws FormatException when it isn't
    public static void checkPredicate(Bytes predicate) throws FormatException {
        if (!(StrictJson.parse(predicate, DssePayload.MAX_LENGTH) instanceof JsonValue.JsonObject)) {
            throw new FormatException(ErrorCode.FIELD_INVALID, "a predicate is a JSON object");
        }
    }

    /// Writes a statement, its predicate byte for byte.
    ///
    /// @throws FormatException when the predicate isn't strict JSON or the whole is longer than [DssePayload#MAX_LENGTH]
    public static Bytes write(Statement statement) throws FormatException {
        checkPredicate(statement.predicate());
        var head = JsonText.object()
                .put("_type", statement.type())
                .put("subject", JsonText.array(statement.subjects().stream().map(StatementCodec::subject).toList()))
                .put("predicateType", statement.predicateType())
                .build();
        Bytes text = JsonText.compact(head);
        Bytes whole = text.slice(0, text.size() - 1).concat(Bytes.ofUtf8(",\"predicate\":")).concat(statement.predicate())
                .concat(Bytes.ofUtf8("}"));
        if (whole.size() > DssePayload.MAX_LENGTH) {
            throw new FormatException(ErrorCode.TOO_LARGE, "the statement has " + whole.size() + " bytes; the limit is " + DssePayload.MAX_LENGTH);
        }
        return whole;
    }

    private static JsonValue subject(Subject subject) {
        var digests = JsonText.object();
        subject.digests().forEach(digests::put);
        var fields = JsonText.object();
        if (!subject.name().isEmpty()) {
            fields.put("name", subject.name());
        }
        return fields.put("digest", digests.build()).build();
    }

    /// Reads a statement. Members that the specification doesn't name are passed over, as it demands of consumers.
    ///
    /// @throws FormatException when it isn't one
    public static Statement read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, DssePayload.MAX_LENGTH), "");
        String type = fields.requiredText("_type");
        if (!type.equals(Statement.V1) && !type.equals(Statement.V0_1)) {
            throw new FormatException(ErrorCode.FIELD_INVALID, "_type is " + type + ", not an in-toto statement");
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonValue element : fields.array("subject")) {
            subjects.add(readSubject(JsonFields.of(element, "subject")));
        }
        if (subjects.isEmpty() || subjects.size() > Statement.MAX_SUBJECTS) {
            throw new FormatException(ErrorCode.FIELD_INVALID, "subject has " + subjects.size() + " elements; it needs 1 to " + Statement.MAX_SUBJECTS);
        }
        String predicateType = fields.requiredText("predicateType");
        if (predicateType.isEmpty()) {
            throw new FormatException(ErrorCode.FIELD_INVALID, "predicateType is empty");
        }
        Optional<JsonValue> predicate = fields.take("predicate");
        return new Statement(type, subjects, predicateType, predicate.map(JsonText::compact).orElse(Bytes.ofUtf8("{}")));
    }

    private static Subject readSubject(JsonFields fields) throws FormatException {
        String name = fields.text("name").orElse("");
        Map<String, String> digests = new TreeMap<>();
        if (fields.required("digest") instanceof JsonValue.JsonObject object) {
            for (Map.Entry<String, JsonValue> entry : object.members().entrySet()) {
                if (!(entry.getValue() instanceof JsonValue.JsonString value)) {
                    throw new FormatException(ErrorCode.FIELD_INVALID, "subject.digest." + entry.getKey() + " is not a string");
                }
                Optional<HashAlgorithm> known = HashAlgorithm.ofInTotoName(entry.getKey());
                if (known.isPresent() && (value.value().length() != 2 * known.get().length()
                        || !value.value().chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f'))) {
                    throw new FormatException(ErrorCode.DIGEST_LENGTH, "subject.digest." + entry.getKey() + " is not "
                            + 2 * known.get().length() + " lower-case hexadecimal digits");
                }
                digests.put(entry.getKey(), value.value());
            }
        }
        if (digests.isEmpty()) {
            throw new FormatException(ErrorCode.FIELD_MISSING, "subject.digest names no digest");
        }
        return new Subject(name, digests);
    }
}
