package dev.chancery.formats.intoto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.SourcedObject;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/// Reads and writes in-toto statements (attestation spec v1, statement.md). A predicate is never written anew: it keeps its bytes.
public final class StatementCodec {
    private static final String PREDICATE = "predicate";
    private static final Bytes NO_PREDICATE = Bytes.ofUtf8("{}");
    private static final Bytes BEFORE_PREDICATE = Bytes.ofUtf8(",\"predicate\":");
    private static final Bytes AFTER_PREDICATE = Bytes.ofUtf8("}");

    private StatementCodec() {}

    /// Refuses a predicate that isn't one strict JSON object (see [StrictJson]) of at most [DssePayload#MAX_LENGTH] bytes, or is nested so
    /// deeply that its statement could not be read.
    ///
    /// @throws FormatException when it isn't
    public static void checkPredicate(Bytes predicate) throws FormatException {
        StrictJson.checkObject(predicate, DssePayload.MAX_LENGTH, StrictJson.MAX_DEPTH - 1);
    }

    /// Writes a statement, its predicate byte for byte.
    ///
    /// @throws FormatException when the predicate isn't one strict JSON object, or the whole is longer than [DssePayload#MAX_LENGTH]
    public static Bytes write(Statement statement) throws FormatException {
        checkPredicate(statement.predicate());
        Bytes head = JsonText.compact(JsonText.object()
                .put("_type", statement.type())
                .put("subject", JsonText.array(statement.subjects().stream().map(StatementCodec::subject).toList()))
                .put("predicateType", statement.predicateType())
                .build());
        Bytes whole = Bytes.concat(
                List.of(head.slice(0, head.size() - 1), BEFORE_PREDICATE, statement.predicate(), AFTER_PREDICATE));
        if (whole.size() > DssePayload.MAX_LENGTH) {
            throw FormatException.tooLarge("", "bytes", whole.size(), DssePayload.MAX_LENGTH);
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

    /// Reads a statement, of version 1 or 0.1. Its predicate is the text that stands there, byte for byte, without the white space
    /// around it; `{}` when there is none, which the specification takes for the same. Members that the specification doesn't name are passed
    /// over, as it demands of consumers (spec/v1/README.md, *Parsing rules*).
    ///
    /// @throws FormatException when it isn't a statement, is longer than [DssePayload#MAX_LENGTH] or has more than
    ///     [Statement#MAX_SUBJECTS] subjects
    public static Statement read(Bytes json) throws FormatException {
        SourcedObject source = StrictJson.parseObject(json, DssePayload.MAX_LENGTH, Set.of(PREDICATE));
        JsonFields fields = JsonFields.of(source.object(), "");
        String type = fields.requiredText("_type");
        if (!type.equals(Statement.V1) && !type.equals(Statement.V0_1)) {
            throw FormatException.fieldInvalid("_type", Statement.V1 + " or " + Statement.V0_1, FormatException.quoted(type));
        }
        List<Subject> subjects = new ArrayList<>();
        for (JsonFields subject : fields.objects("subject", Statement.MAX_SUBJECTS)) {
            subjects.add(readSubject(subject));
        }
        if (subjects.isEmpty()) {
            throw FormatException.fieldMissing("subject", "at least one subject");
        }
        String predicateType = fields.requiredText("predicateType");
        if (predicateType.isEmpty()) {
            throw FormatException.fieldMissing("predicateType", "a URI");
        }
        return new Statement(type, subjects, predicateType, predicate(source));
    }

    private static Bytes predicate(SourcedObject source) throws FormatException {
        String kind = source.kind(PREDICATE).orElse("null");
        return switch (kind) {
            case "null" -> NO_PREDICATE;
            case "an object" -> source.source(PREDICATE).orElseThrow();
            default -> throw FormatException.fieldInvalid(PREDICATE, "an object", kind);
        };
    }

    private static Subject readSubject(JsonFields fields) throws FormatException {
        String name = fields.text("name").orElse("");
        Map<String, String> digests = new TreeMap<>();
        Optional<JsonValue> set = fields.take("digest");
        if (set.isPresent()) {
            String place = fields.at("digest");
            for (Map.Entry<String, JsonValue> entry : JsonFields.membersOf(set.get(), place).entrySet()) {
                digests.put(entry.getKey(), digest(entry.getKey(), entry.getValue(), place + "." + entry.getKey()));
            }
        }
        if (digests.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("digest"), "at least one digest");
        }
        return new Subject(name, digests);
    }

    private static String digest(String algorithm, JsonValue value, String place) throws FormatException {
        if (!(value instanceof JsonValue.JsonString(String digest))) {
            throw FormatException.fieldInvalid(place, "a string", value.kind());
        }
        Optional<HashAlgorithm> known = HashAlgorithm.ofInTotoName(algorithm);
        if (known.isPresent()) {
            int length = 2 * known.get().length();
            if (!isLowerHex(digest)) {
                throw FormatException.fieldInvalid(place, "lower-case hexadecimal digits", FormatException.quoted(digest));
            }
            if (digest.length() != length) {
                throw FormatException.digestLength(place, length + " hexadecimal digits for " + algorithm, Integer.toString(digest.length()));
            }
        } else if (digest.isEmpty()) {
            throw FormatException.fieldMissing(place, "a digest");
        }
        return digest;
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }
}
