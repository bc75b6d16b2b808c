package dev.chancery.formats.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.tuf.TufDelegation;
import dev.chancery.domain.tuf.TufEnvelope;
import dev.chancery.domain.tuf.TufEnvelope.TufSignature;
import dev.chancery.domain.tuf.TufFile;
import dev.chancery.domain.tuf.TufKey;
import dev.chancery.domain.tuf.TufMetadata;
import dev.chancery.domain.tuf.TufRole;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads metadata files.
public final class TufMetadataCodec {
    /// The largest metadata file that is read, in bytes: TUF's clients read no more of targets, and less of the others.
    public static final int MAX_LENGTH = 5_000_000;

    private static final int MAX_SIGNATURES = 1_000;
    private static final int MAX_DELEGATIONS = 20_000;

    private TufMetadataCodec() {}

    /// Root metadata.
    ///
    /// @throws FormatException when it is anything else
    public static TufEnvelope<TufMetadata.Root> root(Bytes json) throws FormatException {
        return read(json, TufRole.Name.ROOT, TufMetadataCodec::root);
    }

    /// Timestamp metadata.
    ///
    /// @throws FormatException when it is anything else
    public static TufEnvelope<TufMetadata.Timestamp> timestamp(Bytes json) throws FormatException {
        return read(json, TufRole.Name.TIMESTAMP, signed -> new TufMetadata.Timestamp(version(signed), expires(signed),
                file(signed.object("meta").object("snapshot.json"))));
    }

    /// Snapshot metadata.
    ///
    /// @throws FormatException when it is anything else
    public static TufEnvelope<TufMetadata.Snapshot> snapshot(Bytes json) throws FormatException {
        return read(json, TufRole.Name.SNAPSHOT, signed -> {
            Map<String, TufFile> files = new LinkedHashMap<>();
            for (Map.Entry<String, JsonFields> file : signed.object("meta").named().entrySet()) {
                files.put(file.getKey(), file(file.getValue()));
            }
            return new TufMetadata.Snapshot(version(signed), expires(signed), files);
        });
    }

    /// Targets metadata.
    ///
    /// @throws FormatException when it is anything else
    public static TufEnvelope<TufMetadata.Targets> targets(Bytes json) throws FormatException {
        return read(json, TufRole.Name.TARGETS, signed -> {
            Map<String, TufFile> files = new LinkedHashMap<>();
            for (Map.Entry<String, JsonFields> file : signed.object("targets").named().entrySet()) {
                JsonFields fields = file.getValue();
                TufFile target = new TufFile(0, OptionalLong.of(notNegative(fields, "length")), digests(fields));
                if (target.digests().isEmpty()) {
                    throw FormatException.fieldInvalid(fields.at("hashes"), "a sha256 or sha512 digest", "neither");
                }
                files.put(file.getKey(), target);
            }
            Optional<JsonFields> delegations = signed.optionalObject("delegations");
            return new TufMetadata.Targets(version(signed), expires(signed), files,
                    delegations.isPresent() ? keys(delegations.get()) : Map.of(), delegations.isPresent() ? delegations(delegations.get()) : List.of());
        });
    }

    /// Bins without names of their own (`succinct_roles`) are not among them: they are not in the specification.
    private static List<TufDelegation> delegations(JsonFields fields) throws FormatException {
        List<TufDelegation> delegations = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonFields role : fields.objects("roles", MAX_DELEGATIONS)) {
            String name = role.requiredText("name");
            if (name.isEmpty() || TufRole.Name.of(name).isPresent() || !names.add(name)) {
                throw FormatException.fieldInvalid(role.at("name"), "a name of its own", FormatException.quoted(name));
            }
            boolean terminating = role.take("terminating").map(value -> value instanceof JsonValue.JsonBoolean bool && bool.value()).orElse(false);
            delegations.add(new TufDelegation(name, role(role), terminating, paths(role)));
        }
        return delegations;
    }

    private static TufDelegation.Paths paths(JsonFields role) throws FormatException {
        List<String> patterns = texts(role, "paths");
        List<String> prefixes = texts(role, "path_hash_prefixes");
        if (!patterns.isEmpty() && !prefixes.isEmpty()) {
            throw FormatException.fieldInvalid(role.at("paths"), "paths or path_hash_prefixes", "both");
        }
        return patterns.isEmpty() ? new TufDelegation.Paths.HashPrefixes(prefixes) : new TufDelegation.Paths.Patterns(patterns);
    }

    private static List<String> texts(JsonFields fields, String name) throws FormatException {
        List<String> texts = new ArrayList<>();
        for (JsonValue value : fields.array(name)) {
            if (!(value instanceof JsonValue.JsonString text)) {
                throw FormatException.fieldInvalid(fields.at(name), "texts", value.kind());
            }
            texts.add(text.value());
        }
        return texts;
    }

    private interface Reading<T> {
        T read(JsonFields signed) throws FormatException;
    }

    private static <T extends TufMetadata> TufEnvelope<T> read(Bytes json, TufRole.Name kind, Reading<T> reading) throws FormatException {
        JsonFields envelope = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
        JsonValue signed = envelope.required("signed");
        List<TufSignature> signatures = new ArrayList<>();
        for (JsonFields signature : envelope.objects("signatures", MAX_SIGNATURES)) {
            signatures.add(new TufSignature(signature.requiredText("keyid"), hex(signature, "sig")));
        }
        JsonFields fields = JsonFields.of(signed, "signed");
        String type = fields.requiredText("_type");
        if (!type.equals(kind.text())) {
            throw FormatException.fieldInvalid("signed._type", FormatException.quoted(kind.text()), FormatException.quoted(type));
        }
        String specification = fields.requiredText("spec_version");
        if (!specification.startsWith("1.")) {
            throw FormatException.fieldInvalid("signed.spec_version", "version 1 of the specification", FormatException.quoted(specification));
        }
        return new TufEnvelope<>(reading.read(fields), TufCanonicalJson.write(signed), signatures);
    }

    private static TufMetadata.Root root(JsonFields signed) throws FormatException {
        Map<String, TufKey> keys = keys(signed);
        Map<TufRole.Name, TufRole> roles = new EnumMap<>(TufRole.Name.class);
        JsonFields named = signed.object("roles");
        for (TufRole.Name name : TufRole.Name.values()) {
            roles.put(name, role(named.object(name.text())));
        }
        boolean consistent = signed.take("consistent_snapshot").map(value -> value instanceof JsonValue.JsonBoolean bool && bool.value()).orElse(false);
        return new TufMetadata.Root(version(signed), expires(signed), consistent, keys, roles);
    }

    private static Map<String, TufKey> keys(JsonFields holder) throws FormatException {
        Map<String, TufKey> keys = new HashMap<>();
        for (Map.Entry<String, JsonFields> key : holder.object("keys").named().entrySet()) {
            JsonFields fields = key.getValue();
            String type = fields.requiredText("keytype");
            String scheme = fields.requiredText("scheme");
            keys.put(key.getKey(), new TufKey(type, scheme, fields.object("keyval").text("public").orElse("")));
        }
        return keys;
    }

    private static TufRole role(JsonFields fields) throws FormatException {
        List<String> keyIds = new ArrayList<>();
        for (JsonValue keyId : fields.array("keyids")) {
            if (!(keyId instanceof JsonValue.JsonString text) || keyIds.contains(text.value())) {
                throw FormatException.fieldInvalid(fields.at("keyids"), "key ids, each once", "something else");
            }
            keyIds.add(text.value());
        }
        long threshold = fields.int64("threshold");
        if (threshold < 1 || threshold > MAX_SIGNATURES) {
            throw FormatException.fieldInvalid(fields.at("threshold"), "a number from 1", Long.toString(threshold));
        }
        return new TufRole(keyIds, (int) threshold);
    }

    private static TufFile file(JsonFields fields) throws FormatException {
        Optional<JsonValue> length = fields.take("length");
        OptionalLong bytes = OptionalLong.empty();
        if (length.isPresent()) {
            if (!(length.get() instanceof JsonValue.JsonNumber number) || !number.text().matches("[0-9]{1,15}")) {
                throw FormatException.fieldInvalid(fields.at("length"), "a number from 0", length.get().kind());
            }
            bytes = OptionalLong.of(Long.parseLong(number.text()));
        }
        return new TufFile(version(fields), bytes, digests(fields));
    }

    private static List<Digest> digests(JsonFields fields) throws FormatException {
        List<Digest> digests = new ArrayList<>();
        Optional<JsonFields> hashes = fields.optionalObject("hashes");
        if (hashes.isPresent()) {
            for (HashAlgorithm algorithm : HashAlgorithm.values()) {
                Optional<String> value = hashes.get().text(algorithm.inTotoName());
                if (value.isPresent()) {
                    digests.add(digest(algorithm, value.get(), hashes.get().at(algorithm.inTotoName())));
                }
            }
        }
        return digests;
    }

    private static Digest digest(HashAlgorithm algorithm, String hex, String path) throws FormatException {
        try {
            return new Digest(algorithm, Bytes.fromHex(hex));
        } catch (IllegalArgumentException e) {
            throw FormatException.fieldInvalid(path, "a digest in hexadecimal", FormatException.quoted(hex));
        }
    }

    private static Bytes hex(JsonFields fields, String name) throws FormatException {
        String text = fields.requiredText(name);
        try {
            return Bytes.fromHex(text);
        } catch (IllegalArgumentException e) {
            throw FormatException.fieldInvalid(fields.at(name), "hexadecimal", FormatException.quoted(text));
        }
    }

    private static long version(JsonFields fields) throws FormatException {
        long version = fields.int64("version");
        if (version < 1) {
            throw FormatException.fieldInvalid(fields.at("version"), "a number from 1", Long.toString(version));
        }
        return version;
    }

    private static long notNegative(JsonFields fields, String name) throws FormatException {
        long value = fields.int64(name);
        if (value < 0) {
            throw FormatException.fieldInvalid(fields.at(name), "a number from 0", Long.toString(value));
        }
        return value;
    }

    private static Instant expires(JsonFields fields) throws FormatException {
        String text = fields.requiredText("expires");
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw FormatException.fieldInvalid(fields.at("expires"), "a time such as 2026-11-21T10:00:00Z", FormatException.quoted(text));
        }
    }
}
