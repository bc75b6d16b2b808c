package dev.chancery.adapters.fulcio;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Rekor v1's own form of entries (rekor, openapi.yaml, LogEntry): an object with one member for each, named by the entry's UUID.
final class RekorV1Entries {
    private RekorV1Entries() {}

    static List<TransparencyLogEntry> read(Bytes json, int limit) throws FormatException {
        return read(StrictJson.parse(json, limit));
    }

    static List<TransparencyLogEntry> read(JsonValue json) throws FormatException {
        List<TransparencyLogEntry> entries = new ArrayList<>();
        for (Map.Entry<String, JsonValue> member : JsonFields.membersOf(json, "").entrySet()) {
            entries.add(entry(JsonFields.of(member.getValue(), "entry")));
        }
        return entries;
    }

    /// The first of an array of such objects, as searches answer.
    static Optional<Bytes> firstOf(Bytes json, int limit) throws FormatException {
        JsonValue value = StrictJson.parse(json, limit);
        if (!(value instanceof JsonValue.JsonArray array)) {
            throw FormatException.fieldInvalid("", "an array of entries", value.kind());
        }
        return array.elements().stream().findFirst().map(JsonText::compact);
    }

    private static TransparencyLogEntry entry(JsonFields fields) throws FormatException {
        Bytes body = fields.requiredBytes("body");
        JsonFields kind = JsonFields.of(StrictJson.parse(body, 16 << 20), "body");
        long logIndex = notNegative(fields, "logIndex");
        JsonFields verification = fields.object("verification");
        Optional<JsonFields> proof = verification.optionalObject("inclusionProof");
        return new TransparencyLogEntry(logIndex, hex(fields, "logID"),
                new KindVersion(notEmpty(kind, "kind"), notEmpty(kind, "apiVersion")),
                Instant.ofEpochSecond(notNegative(fields, "integratedTime")), verification.requiredBytes("signedEntryTimestamp"),
                proof.isPresent() ? proof(proof.get()) : null, body);
    }

    private static InclusionProof proof(JsonFields fields) throws FormatException {
        List<Bytes> hashes = hashes(fields);
        return new InclusionProof(notNegative(fields, "logIndex"), hash(fields.requiredText("rootHash"), fields.at("rootHash")),
                notNegative(fields, "treeSize"), hashes, fields.requiredText("checkpoint"));
    }

    /// The member `hashes`, in hexadecimal.
    static List<Bytes> hashes(JsonFields fields) throws FormatException {
        List<Bytes> hashes = new ArrayList<>();
        for (JsonValue hash : fields.array("hashes")) {
            if (!(hash instanceof JsonValue.JsonString text) || hashes.size() == InclusionProof.MAX_HASHES) {
                throw FormatException.fieldInvalid(fields.at("hashes"), "at most " + InclusionProof.MAX_HASHES + " hashes", "more, or something else");
            }
            hashes.add(hash(text.value(), fields.at("hashes")));
        }
        return hashes;
    }

    private static Bytes hash(String text, String path) throws FormatException {
        Bytes hash = hex(text, path);
        if (hash.size() != InclusionProof.HASH_LENGTH) {
            throw FormatException.digestLength(path, InclusionProof.HASH_LENGTH + " bytes", Integer.toString(hash.size()));
        }
        return hash;
    }

    private static Bytes hex(JsonFields fields, String name) throws FormatException {
        Bytes value = hex(fields.requiredText(name), fields.at(name));
        if (value.isEmpty()) {
            throw FormatException.fieldInvalid(fields.at(name), "a hash in hexadecimal", "nothing");
        }
        return value;
    }

    private static Bytes hex(String text, String path) throws FormatException {
        try {
            return Bytes.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw FormatException.fieldInvalid(path, "hexadecimal", FormatException.quoted(text));
        }
    }

    private static String notEmpty(JsonFields fields, String name) throws FormatException {
        String text = fields.requiredText(name);
        if (text.isEmpty()) {
            throw FormatException.fieldMissing(fields.at(name), "a name");
        }
        return text;
    }

    private static long notNegative(JsonFields fields, String name) throws FormatException {
        long value = fields.int64(name);
        if (value < 0 || value > 253_402_300_799L && name.equals("integratedTime")) {
            throw FormatException.fieldInvalid(fields.at(name), "a number from 0", Long.toString(value));
        }
        return value;
    }
}
