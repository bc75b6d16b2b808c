package dev.chancery.formats.oci;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue.JsonNull;
import dev.chancery.formats.json.StrictJson;

/// What cosign 2 signs of an image (containers/image, docs/containers-signature.5.md, *JSON data format*).
///
/// @param dockerReference the name that the signer gave the image
/// @param image the digest of its manifest
public record SimpleSigning(String dockerReference, Digest image) {
    /// The longest payload that is read, in bytes.
    public static final int MAX_LENGTH = 1024 * 1024;

    private static final String TYPE = "cosign container image signature";

    /// Reads a payload. What is optional in it is passed over.
    ///
    /// @throws FormatException when it isn't one
    public static SimpleSigning read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
        JsonFields critical = fields.object("critical");
        JsonFields identity = critical.object("identity");
        String reference = identity.text("docker-reference").orElse("");
        identity.end();
        JsonFields image = critical.object("image");
        String digest = image.requiredText("docker-manifest-digest");
        image.end();
        String type = critical.requiredText("type");
        critical.end();
        if (!type.equals(TYPE)) {
            throw FormatException.fieldInvalid("critical.type", TYPE, FormatException.quoted(type));
        }
        return new SimpleSigning(reference, OciReference.digest(digest).orElseThrow(() -> FormatException.fieldInvalid(
                "critical.image.docker-manifest-digest", "a digest", FormatException.quoted(digest))));
    }

    /// Writes the payload.
    public Bytes write() {
        return JsonText.compact(JsonText.object()
                .put("critical", JsonText.object()
                        .put("identity", JsonText.object().put("docker-reference", dockerReference).build())
                        .put("image", JsonText.object().put("docker-manifest-digest", image.toString()).build())
                        .put("type", TYPE)
                        .build())
                .put("optional", new JsonNull())
                .build());
    }
}
