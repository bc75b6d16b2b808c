package dev.chancery.application.registry;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.oci.Descriptor;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.sigstore.BundleCodec;
import java.util.List;
import java.util.Optional;

/// A layer of cosign 2's manifests, whose annotations say what goes with the signature (cosign v2, specs/SIGNATURE_SPEC.md), as a bundle.
final class CosignLayer {
    private static final String CERTIFICATE = "dev.sigstore.cosign/certificate";
    private static final String LOG_BUNDLE = "dev.sigstore.cosign/bundle";
    private static final String TIMESTAMP = "dev.sigstore.cosign/rfc3161timestamp";
    private static final int MAX_LENGTH = 1024 * 1024;

    private CosignLayer() {}

    /// The bundle of a signature over a payload.
    ///
    /// @throws FormatException when the annotations aren't what they should be
    static Bytes signature(Descriptor layer) throws FormatException {
        String signature = layer.annotations().get(Attachments.SIGNATURE_ANNOTATION);
        if (signature == null) {
            throw FormatException.fieldMissing("annotations[\"" + Attachments.SIGNATURE_ANNOTATION + "\"]", "a signature in base64");
        }
        return bundle(layer, signature);
    }

    /// The bundle of an envelope.
    ///
    /// @throws FormatException when the annotations aren't what they should be
    static Bytes attestation(Descriptor layer, Bytes envelope) throws FormatException {
        return bundle(layer, envelope.toBase64());
    }

    private static Bytes bundle(Descriptor layer, String signature) throws FormatException {
        var json = JsonText.object().put("base64Signature", signature);
        String certificate = layer.annotations().get(CERTIFICATE);
        if (certificate != null && !certificate.isEmpty()) {
            json.put("cert", certificate);
        }
        String log = layer.annotations().get(LOG_BUNDLE);
        if (log != null && !log.isEmpty()) {
            json.put("rekorBundle", StrictJson.parse(Bytes.ofUtf8(log), MAX_LENGTH));
        }
        Bytes older = JsonText.compact(json.build());
        String timestamp = layer.annotations().get(TIMESTAMP);
        return timestamp == null || timestamp.isEmpty() ? older : withTimestamp(older, timestamp);
    }

    private static Bytes withTimestamp(Bytes older, String annotation) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(Bytes.ofUtf8(annotation), MAX_LENGTH), "annotations[\"" + TIMESTAMP + "\"]");
        Optional<String> response = fields.text("SignedRFC3161Timestamp");
        if (response.isEmpty()) {
            return older;
        }
        SigstoreBundle bundle = BundleCodec.read(older);
        return BundleCodec.write(new SigstoreBundle(bundle.version(), bundle.keyMaterial(), bundle.logEntries(),
                List.of(Base64Text.canonical(response.get(), fields.at("SignedRFC3161Timestamp"))), bundle.content()));
    }
}
