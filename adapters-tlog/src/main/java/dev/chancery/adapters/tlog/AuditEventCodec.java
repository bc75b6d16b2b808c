package dev.chancery.adapters.tlog;

import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.KeyDestruction;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.audit.AuditEvent.SignatureAttempt;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Events as JSON.
final class AuditEventCodec {
    private AuditEventCodec() {}

    static Bytes write(AuditEvent event) {
        var out = JsonText.object();
        switch (event) {
            case AuditEvent.SignatureMade made -> {
                out.put("event", "signature")
                    .put("time", made.time().toString()).put("actor", made.actor())
                    .put("purpose", made.purpose()).put("algorithm", made.algorithm())
                    .put("keyId", made.keyId()).put("keyUri", made.keyUri())
                    .put("subjects", subjects(made.subjects()))
                    .put("signature", made.signature().hex());
                made.recovery().ifPresent(recovery -> out.put("recovery", JsonText.object()
                        .put("item", recovery.item().hex()).put("place", recovery.place()).put("signature", recovery.signature().toBase64()).build()));
            }
            case AuditEvent.SignatureUnanswered asked -> out.put("event", "signatureUnanswered")
                    .put("time", asked.time().toString()).put("actor", asked.actor())
                    .put("purpose", asked.purpose()).put("algorithm", asked.algorithm())
                    .put("keyId", asked.keyId()).put("keyUri", asked.keyUri())
                    .put("subjects", subjects(asked.subjects())).put("code", asked.code());
            case AuditEvent.KeyRotated rotated -> out.put("event", "keyRotated")
                    .put("time", rotated.time().toString()).put("actor", rotated.actor())
                    .put("keyId", rotated.keyId()).put("keyUri", rotated.keyUri()).put("previousKeyId", rotated.previousKeyId());
            case AuditEvent.KeyGenerated made -> out.put("event", "keyGenerated")
                    .put("time", made.time().toString()).put("actor", made.actor())
                    .put("keyId", made.keyId()).put("keyUri", made.keyUri()).put("kind", made.kind());
            case AuditEvent.SignatureAttempt attempt -> out.put("event", "signatureAttempt")
                    .put("time", attempt.time().toString()).put("actor", attempt.actor())
                    .put("keyId", attempt.keyId()).put("keyUri", attempt.keyUri())
                    .put("item", attempt.item().hex()).put("step", attempt.progress() == SignatureAttempt.Progress.INTENDED ? "intended" : "notMade");
            case AuditEvent.KeyDestruction destruction -> out.put("event", "keyDestruction")
                    .put("time", destruction.time().toString()).put("actor", destruction.actor())
                    .put("keyId", destruction.keyId()).put("keyUri", destruction.keyUri())
                    .put("step", destruction.step().name().toLowerCase(Locale.ROOT));
        }
        return JsonText.compact(out.build());
    }

    private static JsonValue subjects(List<NamedDigest> subjects) {
        return JsonText.array(subjects.stream()
                .<JsonValue>map(subject -> JsonText.object().put("name", subject.name()).put("sha256", subject.digest().hex()).build())
                .toList());
    }

    static AuditEvent read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, Chain.MAX_LINE), "");
        String kind = fields.requiredText("event");
        Instant time = time(fields.requiredText("time"));
        String actor = fields.requiredText("actor");
        String keyId = fields.requiredText("keyId");
        String keyUri = fields.requiredText("keyUri");
        AuditEvent event = switch (kind) {
            case "signature" -> new AuditEvent.SignatureMade(time, actor, fields.requiredText("purpose"), fields.requiredText("algorithm"), keyId,
                    keyUri, subjects(fields), sha256(fields.requiredText("signature")), recovery(fields));
            case "signatureUnanswered" -> new AuditEvent.SignatureUnanswered(time, actor, fields.requiredText("purpose"),
                    fields.requiredText("algorithm"), keyId, keyUri, subjects(fields), fields.requiredText("code"));
            case "keyRotated" -> new AuditEvent.KeyRotated(time, actor, keyId, keyUri, fields.requiredText("previousKeyId"));
            case "keyGenerated" -> new AuditEvent.KeyGenerated(time, actor, keyId, keyUri, fields.requiredText("kind"));
            case "signatureAttempt" -> new SignatureAttempt(time, actor, keyId, keyUri, sha256(fields.requiredText("item")),
                    switch (fields.requiredText("step")) {
                        case "intended" -> SignatureAttempt.Progress.INTENDED;
                        case "notMade" -> SignatureAttempt.Progress.NOT_MADE;
                        case String other -> throw FormatException.fieldInvalid("step", "intended or notMade", FormatException.quoted(other));
                    });
            case "keyDestruction" -> new AuditEvent.KeyDestruction(time, actor, keyId, keyUri, step(fields.requiredText("step")));
            default -> throw FormatException.fieldInvalid("event", "signature, signatureAttempt, signatureUnanswered, keyGenerated, keyRotated or keyDestruction", FormatException.quoted(kind));
        };
        fields.end();
        return event;
    }

    private static List<NamedDigest> subjects(JsonFields fields) throws FormatException {
        List<NamedDigest> subjects = new ArrayList<>();
        for (JsonValue element : fields.array("subjects")) {
            JsonFields subject = JsonFields.of(element, "subjects");
            subjects.add(new NamedDigest(subject.requiredText("name"), sha256(subject.requiredText("sha256"))));
            subject.end();
        }
        return subjects;
    }

    private static AuditEvent.@Nullable Recovery recovery(JsonFields fields) throws FormatException {
        Optional<JsonValue> value = fields.take("recovery");
        if (value.isEmpty()) {
            return null;
        }
        JsonFields recovery = JsonFields.of(value.get(), "recovery");
        AuditEvent.Recovery read = new AuditEvent.Recovery(sha256(recovery.requiredText("item")),
                recovery.requiredText("place"), recovery.bytes("signature"));
        recovery.end();
        return read;
    }

    private static KeyDestruction.Step step(String text) throws FormatException {
        return switch (text) {
            case "intended" -> KeyDestruction.Step.INTENDED;
            case "done" -> KeyDestruction.Step.DONE;
            default -> throw FormatException.fieldInvalid("step", "intended or done", FormatException.quoted(text));
        };
    }

    private static Instant time(String text) throws FormatException {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw FormatException.fieldInvalid("time", "an instant as ISO 8601 has it", FormatException.quoted(text));
        }
    }

    private static Digest sha256(String hex) throws FormatException {
        try {
            return new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(hex));
        } catch (IllegalArgumentException e) {
            throw FormatException.digestLength("", "a digest of 64 hexadecimal digits", FormatException.quoted(hex));
        }
    }
}
