package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Takes the members of an object one by one and refuses what is left over. `null` counts as absent, as in proto3 JSON.
public final class JsonFields {
    private final Map<String, JsonValue> left = new LinkedHashMap<>();
    private final String path;

    private JsonFields(JsonValue.JsonObject object, String path) {
        this.path = path;
        object.members().forEach((name, value) -> {
            if (!(value instanceof JsonValue.JsonNull)) {
                left.put(name, value);
            }
        });
    }

    /// The members of what must be an object.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static JsonFields of(JsonValue value, String path) throws FormatException {
        if (value instanceof JsonValue.JsonObject object) {
            return new JsonFields(object, path);
        }
        throw new FormatException(ErrorCode.FIELD_INVALID, (path.isEmpty() ? "the document" : path) + " is not an object");
    }

    /// Takes a member, which may be absent.
    public Optional<JsonValue> take(String name) {
        return Optional.ofNullable(left.remove(name));
    }

    /// Takes a member that must be there.
    ///
    /// @throws FormatException when it is absent
    public JsonValue required(String name) throws FormatException {
        @Nullable JsonValue value = left.remove(name);
        if (value == null) {
            throw new FormatException(ErrorCode.FIELD_MISSING, at(name) + " is missing");
        }
        return value;
    }

    /// Takes a member that must be an object.
    ///
    /// @throws FormatException when it is absent or something else
    public JsonFields object(String name) throws FormatException {
        return of(required(name), at(name));
    }

    /// Takes a string, which may be absent.
    ///
    /// @throws FormatException when it isn't a string
    public Optional<String> text(String name) throws FormatException {
        Optional<JsonValue> value = take(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        if (value.get() instanceof JsonValue.JsonString string) {
            return Optional.of(string.value());
        }
        throw new FormatException(ErrorCode.FIELD_INVALID, at(name) + " is not a string");
    }

    /// Takes a string that must be there.
    ///
    /// @throws FormatException when it is absent or no string
    public String requiredText(String name) throws FormatException {
        return text(name).orElseThrow(() -> new FormatException(ErrorCode.FIELD_MISSING, at(name) + " is missing"));
    }

    /// Takes bytes in base64 as proto3 JSON has them: either alphabet, padded or not.
    ///
    /// @throws FormatException when they are absent or not base64
    public Bytes bytes(String name) throws FormatException {
        String text = requiredText(name);
        String standard = text.replace('-', '+').replace('_', '/');
        int end = standard.length();
        while (end > 0 && standard.charAt(end - 1) == '=') {
            end--;
        }
        String padded = standard.substring(0, end) + "=".repeat((4 - end % 4) % 4);
        try {
            Bytes decoded = Bytes.fromBase64(padded);
            if (end != standard.length() && !padded.equals(standard)) {
                throw new IllegalArgumentException("wrong padding");
            }
            return decoded;
        } catch (IllegalArgumentException e) {
            throw new FormatException(ErrorCode.BASE64_MALFORMED, at(name) + " is not base64");
        }
    }

    /// Takes an array, empty when absent.
    ///
    /// @throws FormatException when it isn't an array
    public List<JsonValue> array(String name) throws FormatException {
        Optional<JsonValue> value = take(name);
        if (value.isEmpty()) {
            return List.of();
        }
        if (value.get() instanceof JsonValue.JsonArray array) {
            return new ArrayList<>(array.elements());
        }
        throw new FormatException(ErrorCode.FIELD_INVALID, at(name) + " is not an array");
    }

    /// Refuses what wasn't taken.
    ///
    /// @throws FormatException when a member is left
    public void end() throws FormatException {
        if (!left.isEmpty()) {
            throw new FormatException(ErrorCode.FIELD_UNKNOWN, at(left.keySet().iterator().next()) + " is not known here");
        }
    }

    /// The path of a member, for messages.
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }
}
