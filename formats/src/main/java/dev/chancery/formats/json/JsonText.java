package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes JSON without white space, members in their order; and builds values.
public final class JsonText {
    private JsonText() {}

    /// The compact UTF-8 text of a value.
    public static Bytes compact(JsonValue value) {
        StringBuilder out = new StringBuilder(256);
        write(value, out);
        return Bytes.ofUtf8(out.toString());
    }

    /// An array of values.
    public static JsonValue.JsonArray array(List<JsonValue> elements) {
        return new JsonValue.JsonArray(elements);
    }

    /// A new object, member by member.
    public static ObjectBuilder object() {
        return new ObjectBuilder();
    }

    /// Collects the members of an object, in order.
    public static final class ObjectBuilder {
        private final Map<String, JsonValue> members = new LinkedHashMap<>();

        private ObjectBuilder() {}

        /// Adds a member.
        ///
        /// @throws IllegalArgumentException when it is there already
        public ObjectBuilder put(String name, JsonValue value) {
            if (members.putIfAbsent(name, value) != null) {
                throw new IllegalArgumentException("the member " + name + " is there already");
            }
            return this;
        }

        /// Adds a string member.
        public ObjectBuilder put(String name, String value) {
            return put(name, new JsonValue.JsonString(value));
        }

        /// Adds a boolean member.
        public ObjectBuilder put(String name, boolean value) {
            return put(name, new JsonValue.JsonBoolean(value));
        }

        /// The object.
        public JsonValue.JsonObject build() {
            return new JsonValue.JsonObject(members);
        }
    }

    private static void write(JsonValue value, StringBuilder out) {
        switch (value) {
            case JsonValue.JsonObject object -> {
                out.append('{');
                boolean first = true;
                for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
                    if (!first) {
                        out.append(',');
                    }
                    first = false;
                    string(member.getKey(), out);
                    out.append(':');
                    write(member.getValue(), out);
                }
                out.append('}');
            }
            case JsonValue.JsonArray array -> {
                out.append('[');
                boolean first = true;
                for (JsonValue element : array.elements()) {
                    if (!first) {
                        out.append(',');
                    }
                    first = false;
                    write(element, out);
                }
                out.append(']');
            }
            case JsonValue.JsonString string -> string(string.value(), out);
            case JsonValue.JsonNumber number -> out.append(number.text());
            case JsonValue.JsonBoolean bool -> out.append(bool.value());
            case JsonValue.JsonNull _ -> out.append("null");
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
