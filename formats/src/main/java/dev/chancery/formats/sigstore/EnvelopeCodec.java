package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.util.ArrayList;
import java.util.List;

/// DSSE envelopes inside bundles (DSSE v1.0.2 envelope.md, envelope.proto).
public final class EnvelopeCodec {
    private EnvelopeCodec() {}

    /// Reads an envelope. Its proto file says `payloadType` itself, so that in a bundle the field has no second name.
    static DsseEnvelope read(JsonFields message) throws FormatException {
        JsonFields fields = message.namedAlike();
        Bytes payload = fields.requiredBytes("payload");
        if (payload.size() > DssePayload.MAX_LENGTH) {
            throw FormatException.tooLarge(fields.at("payload"), "bytes", payload.size(), DssePayload.MAX_LENGTH);
        }
        String payloadType = fields.requiredText("payloadType");
        if (payloadType.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("payloadType"), "a media type");
        }
        DssePayload read = new DssePayload(payloadType, payload);
        return signatures(fields, read);
    }

    /// Reads an envelope whose payload stands elsewhere, and is not said again.
    static DsseEnvelope readSignatures(JsonFields message, DssePayload payload) throws FormatException {
        return signatures(message.namedAlike(), payload);
    }

    private static DsseEnvelope signatures(JsonFields fields, DssePayload payload) throws FormatException {
        List<DsseEnvelope.DsseSignature> signatures = new ArrayList<>();
        for (JsonFields signature : fields.objects("signatures", DsseEnvelope.MAX_SIGNATURES)) {
            Bytes sig = signature.requiredBytes("sig");
            String keyId = signature.text("keyid").orElse("");
            signature.end();
            signatures.add(new DsseEnvelope.DsseSignature(keyId, sig));
        }
        fields.end();
        return new DsseEnvelope(payload, signatures);
    }

    /// The JSON of an envelope.
    public static JsonValue write(DsseEnvelope envelope) {
        return JsonText.object()
                .put("payload", envelope.payload().content().toBase64())
                .put("payloadType", envelope.payload().payloadType())
                .put("signatures", JsonText.array(envelope.signatures().stream().map(EnvelopeCodec::write).toList()))
                .build();
    }

    /// The JSON of an envelope whose payload stands elsewhere.
    static JsonValue writeSignatures(DsseEnvelope envelope) {
        return JsonText.object()
                .put("signatures", JsonText.array(envelope.signatures().stream().map(EnvelopeCodec::write).toList()))
                .build();
    }

    private static JsonValue write(DsseEnvelope.DsseSignature signature) {
        var fields = JsonText.object().put("sig", signature.signature().toBase64());
        if (!signature.keyId().isEmpty()) {
            fields.put("keyid", signature.keyId());
        }
        return fields.build();
    }
}
