package dev.chancery.formats.oci;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.domain.oci.MediaTypes;
import dev.chancery.domain.oci.OciDocument;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads and writes manifests and indexes (image spec 1.1, manifest.md and image-index.md; Docker's schema 2 alike). Members that the
/// specs don't name are passed over, as they demand; a member that stands twice is refused.
public final class OciDocumentCodec {
    private OciDocumentCodec() {}

    /// Reads a document of either kind. It must be what its media type says, so that no two readers take it for two things
    /// (GHSA-77vh-xpmg-72qh): a manifest has no `manifests`, an index neither `layers` nor `config`.
    ///
    /// @param mediaType what the place it comes from says that it is; one of [MediaTypes#MANIFESTS]
    /// @throws FormatException when it isn't one
    public static OciDocument read(String mediaType, Bytes json) throws FormatException {
        JsonValue value = StrictJson.parse(json, StoredManifest.MAX_LENGTH);
        JsonFields fields = JsonFields.of(value, "");
        if (fields.int64("schemaVersion") != 2) {
            throw FormatException.fieldInvalid("schemaVersion", "2", "another number or none");
        }
        Optional<String> own = fields.text("mediaType");
        if (own.isPresent() && !own.get().equals(mediaType)) {
            throw FormatException.fieldInvalid("mediaType", mediaType, FormatException.quoted(own.get()));
        }
        return switch (mediaType) {
            case MediaTypes.MANIFEST, MediaTypes.DOCKER_MANIFEST -> manifest(mediaType, fields);
            case MediaTypes.INDEX, MediaTypes.DOCKER_LIST -> {
                // A list that isn't there is no empty list. One that is null is: so registries written in Go say it.
                if (!JsonFields.membersOf(value, "").containsKey("manifests")) {
                    throw FormatException.fieldMissing("manifests", "an array");
                }
                yield index(mediaType, fields);
            }
            default -> throw FormatException.mediaTypeUnsupported("mediaType", String.join(", ", MediaTypes.MANIFESTS),
                    FormatException.quoted(mediaType));
        };
    }

    /// Reads what a registry or a layout has stored.
    ///
    /// @throws FormatException when it isn't a manifest or index
    public static OciDocument read(StoredManifest stored) throws FormatException {
        return read(stored.mediaType(), stored.content());
    }

    private static OciDocument.Manifest manifest(String mediaType, JsonFields fields) throws FormatException {
        refuse(fields, "manifests");
        Descriptor config = descriptor(fields.object("config"));
        List<Descriptor> layers = descriptors(fields, "layers");
        return new OciDocument.Manifest(mediaType, filled(fields, "artifactType"), config, layers, subject(fields), annotations(fields));
    }

    private static OciDocument.Index index(String mediaType, JsonFields fields) throws FormatException {
        refuse(fields, "layers");
        refuse(fields, "config");
        return new OciDocument.Index(mediaType, filled(fields, "artifactType"), descriptors(fields, "manifests"), subject(fields),
                annotations(fields));
    }

    private static void refuse(JsonFields fields, String name) throws FormatException {
        if (fields.take(name).isPresent()) {
            throw FormatException.fieldInvalid(name, "nothing, in a document of this media type", "a value");
        }
    }

    private static @Nullable String filled(JsonFields fields, String name) throws FormatException {
        return fields.text(name).filter(text -> !text.isEmpty()).orElse(null);
    }

    private static @Nullable Descriptor subject(JsonFields fields) throws FormatException {
        Optional<JsonFields> subject = fields.optionalObject("subject");
        return subject.isPresent() ? descriptor(subject.get()) : null;
    }

    private static List<Descriptor> descriptors(JsonFields fields, String name) throws FormatException {
        List<Descriptor> descriptors = new ArrayList<>();
        for (JsonFields each : fields.objects(name, OciDocument.MAX_DESCRIPTORS)) {
            descriptors.add(descriptor(each));
        }
        return descriptors;
    }

    private static Descriptor descriptor(JsonFields fields) throws FormatException {
        String mediaType = fields.requiredText("mediaType");
        String digest = fields.requiredText("digest");
        fields.required("size");
        long size = fields.int64("size");
        if (size < 0) {
            throw FormatException.fieldInvalid(fields.at("size"), "a number of bytes", Long.toString(size));
        }
        Digest parsed = OciReference.digest(digest).orElseThrow(() -> FormatException.fieldInvalid(fields.at("digest"),
                "sha256: or sha512: and lower-case hexadecimal digits", FormatException.quoted(digest)));
        return new Descriptor(mediaType, parsed, size, filled(fields, "artifactType"), annotations(fields));
    }

    private static Map<String, String> annotations(JsonFields fields) throws FormatException {
        Map<String, String> annotations = new LinkedHashMap<>();
        Optional<JsonValue> value = fields.take("annotations");
        if (value.isPresent()) {
            for (Map.Entry<String, JsonValue> each : JsonFields.membersOf(value.get(), fields.at("annotations")).entrySet()) {
                if (!(each.getValue() instanceof JsonValue.JsonString(String text))) {
                    throw FormatException.fieldInvalid(fields.at("annotations"), "strings", each.getValue().kind());
                }
                annotations.put(each.getKey(), text);
            }
        }
        return annotations;
    }

    /// Writes a document, with its media type in it.
    public static StoredManifest write(OciDocument document) {
        var json = JsonText.object().put("schemaVersion", 2L).put("mediaType", document.mediaType());
        String artifactType = switch (document) {
            case OciDocument.Manifest manifest -> manifest.artifactTypeOrNull();
            case OciDocument.Index index -> index.artifactTypeOrNull();
        };
        if (artifactType != null) {
            json.put("artifactType", artifactType);
        }
        switch (document) {
            case OciDocument.Manifest manifest -> json.put("config", json(manifest.config())).put("layers", json(manifest.layers()));
            case OciDocument.Index index -> json.put("manifests", json(index.manifests()));
        }
        document.subject().ifPresent(subject -> json.put("subject", json(subject)));
        if (!document.annotations().isEmpty()) {
            json.put("annotations", json(document.annotations()));
        }
        return StoredManifest.of(document.mediaType(), JsonText.compact(json.build()));
    }

    private static JsonValue json(List<Descriptor> descriptors) {
        return JsonText.array(descriptors.stream().map(OciDocumentCodec::json).toList());
    }

    private static JsonValue json(Map<String, String> annotations) {
        var json = JsonText.object();
        annotations.forEach(json::put);
        return json.build();
    }

    /// A descriptor as JSON.
    public static JsonValue json(Descriptor descriptor) {
        var json = JsonText.object()
                .put("mediaType", descriptor.mediaType())
                .put("digest", descriptor.digest().toString())
                .put("size", descriptor.size());
        descriptor.artifactType().ifPresent(type -> json.put("artifactType", type));
        if (!descriptor.annotations().isEmpty()) {
            json.put("annotations", json(descriptor.annotations()));
        }
        return json.build();
    }
}
