package dev.chancery.formats.keyring;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.keyring.KeyState;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.keyring.KeyringEntry;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.formats.pem.PemBlock;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads keyrings. What isn't understood is refused: a revocation that is passed over would be none.
public final class KeyringCodec {
    private KeyringCodec() {}

    /// Reads a keyring. Keys aren't decoded here.
    ///
    /// @param json at most [Keyring#MAX_LENGTH]
    /// @throws FormatException when it isn't one, or revokes a key that it doesn't have
    public static Keyring read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, Keyring.MAX_LENGTH), "");
        String mediaType = fields.requiredText("mediaType");
        if (!mediaType.equals(Keyring.MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported("mediaType", Keyring.MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        List<JsonFields> entries = fields.objects("entries", Keyring.MAX_ENTRIES);
        Map<KeyId, List<ValidityWindow>> revocations = revocations(fields.objects("revocations", Keyring.MAX_ENTRIES));
        fields.end();
        Map<KeyId, KeyringEntry> read = new LinkedHashMap<>();
        for (JsonFields each : entries) {
            KeyId id = id(each, "keyId");
            List<ValidityWindow> revoked = revocations.remove(id);
            if (read.put(id, entry(id, each, revoked == null ? List.of() : revoked)) != null) {
                throw FormatException.fieldInvalid(each.at("keyId"), "each key once", "a key again");
            }
        }
        if (!revocations.isEmpty()) {
            throw FormatException.fieldInvalid("revocations", "revocations of keys of this keyring", "one of " + revocations.keySet().iterator().next().hex());
        }
        return new Keyring(read);
    }

    private static Map<KeyId, List<ValidityWindow>> revocations(List<JsonFields> all) throws FormatException {
        Map<KeyId, List<ValidityWindow>> revocations = new HashMap<>();
        for (JsonFields each : all) {
            revocations.computeIfAbsent(id(each, "keyId"), _ -> new ArrayList<>()).add(window(each.object("window")));
            each.end();
        }
        return revocations;
    }

    private static KeyringEntry entry(KeyId id, JsonFields fields, List<ValidityWindow> revocations) throws FormatException {
        String pem = fields.requiredText("key");
        if (!PemBlock.read(pem, fields.at("key")).label().equals("PUBLIC KEY")) {
            throw FormatException.fieldInvalid(fields.at("key"), "a PUBLIC KEY in PEM", "another block");
        }
        Set<SigningPurpose> purposes = EnumSet.noneOf(SigningPurpose.class);
        for (JsonValue each : fields.array("purposes")) {
            purposes.add(label(each instanceof JsonValue.JsonString(String text) ? text : each.kind(), fields.at("purposes"), SigningPurpose.values(), SigningPurpose::label));
        }
        if (purposes.isEmpty()) {
            throw FormatException.fieldMissing(fields.at("purposes"), "at least one purpose");
        }
        KeyState state = label(fields.requiredText("state"), fields.at("state"), KeyState.values(), KeyState::label);
        JsonFields inside = fields.object("window");
        ValidityWindow window = window(inside);
        if (window.end().isEmpty() && !state.isSigning() && state != KeyState.PRE_ACTIVATION) {
            throw FormatException.fieldMissing(inside.at("end"), "when the key ended: it is " + state.label());
        }
        @Nullable KeyId successor = fields.text("successor").isPresent() ? id(fields, "successor") : null;
        KeyringEntry entry = new KeyringEntry(id, pem, purposes, state, window, fields.text("role").orElse(null), fields.text("tenant").orElse(null), successor, revocations);
        fields.end();
        return entry;
    }

    private static <T> T label(String text, String place, T[] values, Function<T, String> labels) throws FormatException {
        return Arrays.stream(values).filter(value -> labels.apply(value).equals(text)).findFirst().orElseThrow(() -> FormatException.fieldInvalid(place,
                "one of " + Arrays.stream(values).map(labels).collect(Collectors.joining(", ")), FormatException.quoted(text)));
    }

    private static KeyId id(JsonFields fields, String name) throws FormatException {
        String hex = fields.requiredText(name);
        if (hex.length() != 64 || !hex.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
            throw FormatException.fieldInvalid(fields.at(name), "64 lower-case hexadecimal digits", FormatException.quoted(hex));
        }
        return KeyId.fromHex(hex);
    }

    private static ValidityWindow window(JsonFields fields) throws FormatException {
        Instant start = instant(fields.requiredText("start"), fields.at("start"));
        Optional<String> until = fields.text("end");
        @Nullable Instant end = until.isPresent() ? instant(until.get(), fields.at("end")) : null;
        fields.end();
        if (end != null && end.isBefore(start)) {
            throw FormatException.fieldInvalid(fields.at("end"), "an end that is not before the start", end.toString());
        }
        return new ValidityWindow(start, end);
    }

    private static Instant instant(String text, String place) throws FormatException {
        try {
            Instant instant = Instant.parse(text);
            if (instant.toString().equals(text)) {
                return instant;
            }
        } catch (DateTimeException _) {
            // falls through to the one refusal
        }
        throw FormatException.fieldInvalid(place, "a time such as 2026-11-21T12:00:00Z", FormatException.quoted(text));
    }
}
