package dev.chancery.formats.sigstore;

import dev.chancery.domain.bundle.SigstoreBundle.Version;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Transparency log entries inside bundles (protobuf-specs v0.5, sigstore_rekor.proto).
///
/// The proto's own rules by version are kept: an entry has a promise in version 0.1, and a proof with a checkpoint in later ones.
public final class LogEntryCodec {
    private static final String PROMISE = "inclusionPromise";
    private static final String PROOF = "inclusionProof";
    private static final long LAST_SECOND = 253_402_300_799L; // of the year 9999, the last that protocol buffers' times have

    private LogEntryCodec() {}

    /// Reads an entry as a bundle of a version has it, or as Rekor v2 answers with it (then as in version 0.3).
    ///
    /// @throws FormatException when it is anything else
    public static TransparencyLogEntry read(JsonFields fields, Version version) throws FormatException {
        long logIndex = notNegative(fields, "logIndex");
        Bytes logId = logId(fields.object("logId"));
        KindVersion kindVersion = kindVersion(fields.object("kindVersion"));
        long seconds = notNegative(fields, "integratedTime");
        if (seconds > LAST_SECOND) {
            throw FormatException.fieldInvalid(fields.at("integratedTime"), "seconds up to the year 9999", Long.toString(seconds));
        }
        Bytes promise = promise(fields, version);
        InclusionProof proof = proof(fields, version);
        Bytes body = fields.optionalBytes("canonicalizedBody");
        fields.end();
        return new TransparencyLogEntry(logIndex, logId, kindVersion, seconds == 0 ? null : Instant.ofEpochSecond(seconds),
                promise, proof, body);
    }

    private static long notNegative(JsonFields fields, String name) throws FormatException {
        long value = fields.int64(name);
        if (value < 0) {
            throw FormatException.fieldInvalid(fields.at(name), "a number from 0", Long.toString(value));
        }
        return value;
    }

    private static Bytes logId(JsonFields fields) throws FormatException {
        Bytes id = fields.requiredBytes("keyId");
        fields.end();
        return id;
    }

    private static KindVersion kindVersion(JsonFields fields) throws FormatException {
        String kind = notEmpty(fields, "kind");
        String version = notEmpty(fields, "version");
        fields.end();
        return new KindVersion(kind, version);
    }

    private static String notEmpty(JsonFields fields, String name) throws FormatException {
        String text = fields.requiredText(name);
        if (text.isEmpty()) {
            throw FormatException.fieldMissing(fields.at(name), "at least one character");
        }
        return text;
    }

    private static @Nullable Bytes promise(JsonFields fields, Version version) throws FormatException {
        Optional<JsonFields> promise = fields.optionalObject(PROMISE);
        if (promise.isEmpty()) {
            if (version == Version.V0_1) {
                throw FormatException.fieldMissing(fields.at(PROMISE), "the log's promise, as version 0.1 demands");
            }
            return null;
        }
        Bytes timestamp = promise.get().requiredBytes("signedEntryTimestamp");
        promise.get().end();
        return timestamp;
    }

    private static @Nullable InclusionProof proof(JsonFields fields, Version version) throws FormatException {
        Optional<JsonFields> proof = fields.optionalObject(PROOF);
        if (proof.isPresent()) {
            return readProof(proof.get(), version);
        }
        if (version != Version.V0_1) {
            throw FormatException.fieldMissing(fields.at(PROOF), "the log's proof, as versions from 0.2 on demand");
        }
        return null;
    }

    private static InclusionProof readProof(JsonFields fields, Version version) throws FormatException {
        long logIndex = notNegative(fields, "logIndex");
        Bytes rootHash = hash(fields.requiredBytes("rootHash"), fields.at("rootHash"));
        long treeSize = notNegative(fields, "treeSize");
        List<Bytes> hashes = new ArrayList<>();
        for (Bytes hash : fields.bytesArray("hashes", InclusionProof.MAX_HASHES)) {
            hashes.add(hash(hash, fields.at("hashes", hashes.size())));
        }
        Optional<JsonFields> checkpoint = fields.optionalObject("checkpoint");
        String envelope = null;
        if (checkpoint.isPresent()) {
            envelope = notEmpty(checkpoint.get(), "envelope");
            checkpoint.get().end();
        } else if (version != Version.V0_1) {
            throw FormatException.fieldMissing(fields.at("checkpoint"), "the log's checkpoint, as versions from 0.2 on demand");
        }
        fields.end();
        return new InclusionProof(logIndex, rootHash, treeSize, hashes, envelope);
    }

    private static Bytes hash(Bytes hash, String place) throws FormatException {
        if (hash.size() != InclusionProof.HASH_LENGTH) {
            throw FormatException.digestLength(place, InclusionProof.HASH_LENGTH + " bytes for SHA2_256", Integer.toString(hash.size()));
        }
        return hash;
    }

    static JsonValue write(TransparencyLogEntry entry) {
        var fields = JsonText.object();
        ProtobufParts.putInt64(fields, "logIndex", entry.logIndex());
        fields.put("logId", JsonText.object().put("keyId", entry.logId().toBase64()).build());
        fields.put("kindVersion", JsonText.object()
                .put("kind", entry.kindVersion().kind()).put("version", entry.kindVersion().version()).build());
        entry.integratedTime().ifPresent(time -> ProtobufParts.putInt64(fields, "integratedTime", time.getEpochSecond()));
        entry.signedEntryTimestamp().ifPresent(promise ->
                fields.put(PROMISE, JsonText.object().put("signedEntryTimestamp", promise.toBase64()).build()));
        entry.inclusionProof().ifPresent(proof -> fields.put(PROOF, write(proof)));
        if (!entry.canonicalizedBody().isEmpty()) {
            fields.put("canonicalizedBody", entry.canonicalizedBody().toBase64());
        }
        return fields.build();
    }

    private static JsonValue write(InclusionProof proof) {
        var fields = JsonText.object();
        ProtobufParts.putInt64(fields, "logIndex", proof.logIndex());
        fields.put("rootHash", proof.rootHash().toBase64());
        ProtobufParts.putInt64(fields, "treeSize", proof.treeSize());
        if (!proof.hashes().isEmpty()) {
            fields.put("hashes", JsonText.array(proof.hashes().stream()
                    .<JsonValue>map(hash -> new JsonValue.JsonString(hash.toBase64())).toList()));
        }
        proof.checkpoint().ifPresent(checkpoint ->
                fields.put("checkpoint", JsonText.object().put("envelope", checkpoint).build()));
        return fields.build();
    }
}
