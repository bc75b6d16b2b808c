package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Takes the members of an object one by one, and at [#end()] refuses what is left over. `null` counts as absent.
///
/// [#ofProtobuf(JsonValue, String)] follows the JSON mapping of protocol buffers: a field goes by its lowerCamelCase name or by its
/// name in the `.proto` file, and giving both is giving it twice. Not thread-safe.
public final class JsonFields {
    private final Map<String, JsonValue> left = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private final String path;
    private final boolean protobuf;

    private JsonFields(JsonValue.JsonObject object, String path, boolean protobuf) {
        this.path = path;
        this.protobuf = protobuf;
        left.putAll(object.members());
    }

    /// The members of what must be an object.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static JsonFields of(JsonValue value, String path) throws FormatException {
        return new JsonFields(object(value, path), path, false);
    }

    /// The members of what must be an object and a protocol buffer message. Names are given in lowerCamelCase.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static JsonFields ofProtobuf(JsonValue value, String path) throws FormatException {
        return new JsonFields(object(value, path), path, true);
    }

    /// The members of what must be an object whose names are data, in their order.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static Map<String, JsonValue> membersOf(JsonValue value, String path) throws FormatException {
        return object(value, path).members();
    }

    private static JsonValue.JsonObject object(JsonValue value, String path) throws FormatException {
        if (value instanceof JsonValue.JsonObject object) {
            return object;
        }
        throw FormatException.fieldInvalid(path, "an object", value.kind());
    }

    /// Takes a member, which may be absent.
    ///
    /// @throws FormatException when both spellings of a field are there
    public Optional<JsonValue> take(String name) throws FormatException {
        return Optional.ofNullable(remove(name));
    }

    /// Takes a member that must be there.
    ///
    /// @throws FormatException when it is absent
    public JsonValue required(String name) throws FormatException {
        JsonValue value = remove(name);
        if (value == null) {
            throw FormatException.fieldMissing(at(name), "a value");
        }
        return value;
    }

    /// Takes a member that must be an object, with names as in this one.
    ///
    /// @throws FormatException when it is absent or something else
    public JsonFields object(String name) throws FormatException {
        return new JsonFields(object(required(name), at(name)), at(name), protobuf);
    }

    /// Takes an object, which may be absent, with names as in this one.
    ///
    /// @throws FormatException when it is something else
    public Optional<JsonFields> optionalObject(String name) throws FormatException {
        JsonValue value = remove(name);
        return value == null ? Optional.empty() : Optional.of(new JsonFields(object(value, at(name)), at(name), protobuf));
    }

    /// Takes a string, which may be absent.
    ///
    /// @throws FormatException when it isn't a string
    public Optional<String> text(String name) throws FormatException {
        JsonValue value = remove(name);
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonValue.JsonString string) {
            return Optional.of(string.value());
        }
        throw FormatException.fieldInvalid(at(name), "a string", value.kind());
    }

    /// Takes a string that must be there.
    ///
    /// @throws FormatException when it is absent or no string
    public String requiredText(String name) throws FormatException {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            throw FormatException.fieldMissing(at(name), "a string");
        }
        return text.get();
    }

    /// Takes bytes in base64 that must be there; they may be none. Base64 is canonical (RFC 4648 §4); of a protocol buffer message,
    /// either alphabet, padded or not.
    ///
    /// @throws FormatException when they are absent or not base64
    public Bytes bytes(String name) throws FormatException {
        String text = requiredText(name);
        return protobuf ? Base64Text.anyAlphabet(text, at(name)) : Base64Text.canonical(text, at(name));
    }

    /// Takes bytes as [#bytes(String)] does, of which there must be at least one: protocol buffers don't tell none from absent.
    ///
    /// @throws FormatException when they are absent, empty or not base64
    public Bytes requiredBytes(String name) throws FormatException {
        Bytes bytes = bytes(name);
        if (bytes.isEmpty()) {
            throw FormatException.fieldMissing(at(name), "at least one byte in base64");
        }
        return bytes;
    }

    /// Takes an array, empty when absent.
    ///
    /// @throws FormatException when it isn't an array
    public List<JsonValue> array(String name) throws FormatException {
        JsonValue value = remove(name);
        if (value == null) {
            return List.of();
        }
        if (value instanceof JsonValue.JsonArray array) {
            return array.elements();
        }
        throw FormatException.fieldInvalid(at(name), "an array", value.kind());
    }

    /// Takes an array of objects with names as in this one, empty when absent.
    ///
    /// @param limit the most there may be
    /// @throws FormatException when it isn't one, or there are more
    public List<JsonFields> objects(String name, int limit) throws FormatException {
        List<JsonValue> elements = array(name);
        if (elements.size() > limit) {
            throw FormatException.tooLarge(at(name), "elements", elements.size(), limit);
        }
        List<JsonFields> objects = new ArrayList<>(elements.size());
        for (JsonValue element : elements) {
            String place = at(name, objects.size());
            objects.add(new JsonFields(object(element, place), place, protobuf));
        }
        return objects;
    }

    /// Refuses what wasn't taken, `null` or not.
    ///
    /// @throws FormatException when a member is left
    public void end() throws FormatException {
        if (!left.isEmpty()) {
            throw FormatException.fieldUnknown(at(left.keySet().iterator().next()), String.join(", ", known));
        }
    }

    /// Where this object stands; empty for the document.
    public String path() {
        return path;
    }

    /// The path of a member, for messages.
    public String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /// The path of an element of an array, for messages.
    ///
    /// @param index from 0
    public String at(String name, int index) {
        return at(name) + "[" + index + "]";
    }

    private @Nullable JsonValue remove(String name) throws FormatException {
        known.add(name);
        boolean here = left.containsKey(name);
        JsonValue value = left.remove(name);
        if (protobuf) {
            String original = originalName(name);
            if (left.containsKey(original)) {
                if (here) {
                    throw FormatException.jsonDuplicate(at(name) + " (also written " + original + ")");
                }
                value = left.remove(original);
            }
        }
        return value instanceof JsonValue.JsonNull ? null : value;
    }

    /// The name in the `.proto` file, from which protocol buffers derive the lowerCamelCase name.
    private static String originalName(String name) {
        StringBuilder out = new StringBuilder(name.length() + 4);
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c >= 'A' && c <= 'Z') {
                out.append('_').append((char) (c + ('a' - 'A')));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }
}
