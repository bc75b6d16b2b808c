package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Takes the members of an object one by one, and at [#end()] refuses what is left over. `null` counts as absent.
///
/// [#ofProtobuf(JsonValue, String)] follows the JSON mapping of protocol buffers: a field goes by its lowerCamelCase name or by its
/// name in the `.proto` file, and giving both is giving it twice. Not thread-safe.
public final class JsonFields {
    private static final int LONGEST_NAME = 80;

    private final Map<String, JsonValue> members;
    private final List<String> known = new ArrayList<>();
    private final String path;
    private final Mapping mapping;
    private final UnaryOperator<String> places;
    private final boolean originalNames;

    private JsonFields(Map<String, JsonValue> members, String path, Mapping mapping, UnaryOperator<String> places) {
        this.members = members;
        this.path = path;
        this.mapping = mapping;
        this.places = places;
        this.originalNames = mapping == Mapping.PROTOBUF && anyOriginalName(members);
    }

    private static boolean anyOriginalName(Map<String, JsonValue> members) {
        for (String name : members.keySet()) {
            if (name.indexOf('_') >= 0) {
                return true;
            }
        }
        return false;
    }

    private enum Mapping {
        PLAIN,
        PROTOBUF,
        PROTOBUF_NAMED_ALIKE
    }

    /// The members of what must be an object.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static JsonFields of(JsonValue value, String path) throws FormatException {
        return new JsonFields(membersOf(value, path), path, Mapping.PLAIN, UnaryOperator.identity());
    }

    /// The members of what must be an object, of a document whose paths are shown in another way.
    ///
    /// @param places makes of a path what messages say instead; also of the empty one, which is the document's
    /// @throws FormatException when it is something else
    public static JsonFields of(JsonValue value, UnaryOperator<String> places) throws FormatException {
        return new JsonFields(membersOf(value, places.apply("")), "", Mapping.PLAIN, places);
    }

    /// The members of what must be an object and a protocol buffer message. Names are given in lowerCamelCase.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static JsonFields ofProtobuf(JsonValue value, String path) throws FormatException {
        return new JsonFields(membersOf(value, path), path, Mapping.PROTOBUF, UnaryOperator.identity());
    }

    /// All members again, of a protocol buffer message whose `.proto` file spells its fields in lowerCamelCase itself, so that they have
    /// no second name.
    public JsonFields namedAlike() {
        return new JsonFields(members, path, Mapping.PROTOBUF_NAMED_ALIKE, places);
    }

    /// The members of what must be an object whose names are data, in their order.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when it is something else
    public static Map<String, JsonValue> membersOf(JsonValue value, String path) throws FormatException {
        if (value instanceof JsonValue.JsonObject(Map<String, JsonValue> members)) {
            return members;
        }
        throw FormatException.fieldInvalid(path, "an object", value.kind());
    }

    /// Takes a member, which may be absent.
    ///
    /// @throws FormatException when both spellings of a field are there
    public Optional<JsonValue> take(String name) throws FormatException {
        return Optional.ofNullable(get(name));
    }

    /// Takes a member that must be there.
    ///
    /// @throws FormatException when it is absent
    public JsonValue required(String name) throws FormatException {
        JsonValue value = get(name);
        if (value == null) {
            throw FormatException.fieldMissing(at(name), "a value");
        }
        return value;
    }

    /// Takes a member that must be an object, with names as in this one.
    ///
    /// @throws FormatException when it is absent or something else
    public JsonFields object(String name) throws FormatException {
        return child(required(name), inside(name));
    }

    /// Takes an object, which may be absent, with names as in this one.
    ///
    /// @throws FormatException when it is something else
    public Optional<JsonFields> optionalObject(String name) throws FormatException {
        JsonValue value = get(name);
        return value == null ? Optional.empty() : Optional.of(child(value, inside(name)));
    }

    /// Takes a string, which may be absent.
    ///
    /// @throws FormatException when it isn't a string
    public Optional<String> text(String name) throws FormatException {
        JsonValue value = get(name);
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
        return base64(requiredText(name), at(name));
    }

    /// Takes bytes as [#bytes(String)] does; none when they are absent.
    ///
    /// @throws FormatException when they are not base64
    public Bytes optionalBytes(String name) throws FormatException {
        return base64(text(name).orElse(""), at(name));
    }

    private Bytes base64(String text, String place) throws FormatException {
        return mapping == Mapping.PLAIN ? Base64Text.canonical(text, place) : Base64Text.anyAlphabet(text, place);
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
        JsonValue value = get(name);
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
            objects.add(child(element, inside(name) + "[" + objects.size() + "]"));
        }
        return objects;
    }

    /// Takes an array of bytes in base64, empty when absent.
    ///
    /// @param limit the most there may be
    /// @throws FormatException when it isn't one, or there are more
    public List<Bytes> bytesArray(String name, int limit) throws FormatException {
        List<JsonValue> elements = array(name);
        if (elements.size() > limit) {
            throw FormatException.tooLarge(at(name), "elements", elements.size(), limit);
        }
        List<Bytes> all = new ArrayList<>(elements.size());
        for (JsonValue element : elements) {
            String place = at(name, all.size());
            if (!(element instanceof JsonValue.JsonString(String text))) {
                throw FormatException.fieldInvalid(place, "a string", element.kind());
            }
            all.add(base64(text, place));
        }
        return all;
    }

    /// Takes an integer as protocol buffers' JSON has those of 64 bits: a number, or a string with one; 0 when absent.
    ///
    /// @throws FormatException when it is something else, is no whole number or has more than 64 bits
    public long int64(String name) throws FormatException {
        JsonValue value = get(name);
        return value == null ? 0 : ProtobufScalar.int64(value, at(name));
    }

    /// Takes an enumeration's value by its name or number, as protocol buffers' JSON has it; the first one when absent.
    ///
    /// @param names by number, from 0
    /// @return one of the names
    /// @throws FormatException when it is none of them
    public String enumeration(String name, List<String> names) throws FormatException {
        JsonValue value = get(name);
        return value == null ? names.getFirst() : ProtobufScalar.enumeration(value, names, at(name));
    }

    /// Refuses what wasn't taken, `null` or not.
    ///
    /// @throws FormatException when a member is left
    public void end() throws FormatException {
        for (String name : members.keySet()) {
            if (!known.contains(name) && !(originalNames && isOriginalName(name))) {
                throw FormatException.fieldUnknown(at(shortened(name)), String.join(", ", known));
            }
        }
    }

    private boolean isOriginalName(String name) {
        return known.stream().anyMatch(each -> originalName(each).equals(name));
    }

    private static String shortened(String name) {
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "…";
    }

    /// Where this object stands, for messages; empty for the document.
    public String path() {
        return places.apply(path);
    }

    /// The path of a member, for messages.
    public String at(String name) {
        return places.apply(inside(name));
    }

    /// The path of an element of an array, for messages.
    ///
    /// @param index from 0
    public String at(String name, int index) {
        return places.apply(inside(name) + "[" + index + "]");
    }

    private String inside(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private JsonFields child(JsonValue value, String childPath) throws FormatException {
        return new JsonFields(membersOf(value, places.apply(childPath)), childPath, mapping, places);
    }

    /// The members when their names are data: an object for each, in their order.
    ///
    /// @throws FormatException when a value isn't an object
    public Map<String, JsonFields> named() throws FormatException {
        Map<String, JsonFields> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonValue> member : members.entrySet()) {
            known.add(member.getKey());
            all.put(member.getKey(), child(member.getValue(), inside(member.getKey())));
        }
        return all;
    }

    private @Nullable JsonValue get(String name) throws FormatException {
        if (!known.contains(name)) {
            known.add(name);
        }
        JsonValue value = members.get(name);
        if (originalNames) {
            String original = originalName(name);
            JsonValue other = original.equals(name) ? null : members.get(original);
            if (other != null) {
                if (value != null) {
                    throw FormatException.jsonDuplicate(at(name) + " (also written " + original + ")");
                }
                value = other;
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
