package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.text.SafeText;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes JSON, members in their order; and builds values.
///
/// Characters that could hide or reorder text on a terminal ([SafeText#isInvisible(int)]) are written as `\\uXXXX`, which is the same
/// JSON: so a document can be printed as it is, whatever names from outside it holds.
public final class JsonText {
    private JsonText() {}

    /// The UTF-8 text of a value without any white space.
    ///
    /// @throws IllegalArgumentException when a string has an unpaired surrogate
    public static Bytes compact(JsonValue value) {
        return new Writer(false).text(value);
    }

    /// The UTF-8 text of a value for people: indented by two spaces, ending with a line break.
    ///
    /// @throws IllegalArgumentException when a string has an unpaired surrogate
    public static Bytes pretty(JsonValue value) {
        return new Writer(true).text(value);
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
        ///
        /// @throws IllegalArgumentException when it is there already
        public ObjectBuilder put(String name, String value) {
            return put(name, new JsonValue.JsonString(value));
        }

        /// Adds a boolean member.
        ///
        /// @throws IllegalArgumentException when it is there already
        public ObjectBuilder put(String name, boolean value) {
            return put(name, new JsonValue.JsonBoolean(value));
        }

        /// Adds a member that is a whole number.
        ///
        /// @throws IllegalArgumentException when it is there already
        public ObjectBuilder put(String name, long value) {
            return put(name, JsonValue.JsonNumber.of(value));
        }

        /// The object.
        public JsonValue.JsonObject build() {
            return new JsonValue.JsonObject(members);
        }
    }

    /// One text being written.
    private static final class Writer {
        private final StringBuilder out = new StringBuilder(256);
        private final boolean pretty;
        private int depth;

        Writer(boolean pretty) {
            this.pretty = pretty;
        }

        Bytes text(JsonValue value) {
            write(value);
            if (pretty) {
                out.append('\n');
            }
            return Bytes.ofUtf8(out.toString());
        }

        private void write(JsonValue value) {
            switch (value) {
                case JsonValue.JsonObject object -> object(object);
                case JsonValue.JsonArray array -> array(array);
                case JsonValue.JsonString string -> string(string.value());
                case JsonValue.JsonNumber number -> out.append(number.text());
                case JsonValue.JsonBoolean bool -> out.append(bool.value());
                case JsonValue.JsonNull _ -> out.append("null");
            }
        }

        private void object(JsonValue.JsonObject object) {
            out.append('{');
            depth++;
            for (Iterator<Map.Entry<String, JsonValue>> members = object.members().entrySet().iterator(); members.hasNext(); ) {
                Map.Entry<String, JsonValue> member = members.next();
                newLine();
                string(member.getKey());
                out.append(pretty ? ": " : ":");
                write(member.getValue());
                out.append(members.hasNext() ? "," : "");
            }
            depth--;
            if (!object.members().isEmpty()) {
                newLine();
            }
            out.append('}');
        }

        private void array(JsonValue.JsonArray array) {
            out.append('[');
            depth++;
            for (Iterator<JsonValue> elements = array.elements().iterator(); elements.hasNext(); ) {
                newLine();
                write(elements.next());
                out.append(elements.hasNext() ? "," : "");
            }
            depth--;
            if (!array.elements().isEmpty()) {
                newLine();
            }
            out.append(']');
        }

        private void newLine() {
            if (pretty) {
                out.append('\n').repeat("  ", depth);
            }
        }

        private void string(String text) {
            out.append('"');
            for (int i = 0; i < text.length(); ) {
                char c = text.charAt(i);
                if (c == '"' || c == '\\') {
                    out.append('\\').append(c);
                    i++;
                } else if (c >= 0x20 && c < 0x7f) {
                    out.append(c);
                    i++;
                } else {
                    int codePoint = text.codePointAt(i);
                    unusual(codePoint);
                    i += Character.charCount(codePoint);
                }
            }
            out.append('"');
        }

        private void unusual(int codePoint) {
            switch (codePoint) {
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (Character.getType(codePoint) == Character.SURROGATE) {
                        throw new IllegalArgumentException("text with an unpaired surrogate has no JSON form");
                    } else if (SafeText.isInvisible(codePoint)) {
                        for (char half : Character.toChars(codePoint)) {
                            out.append("\\u").append(HEX.toHexDigits(half));
                        }
                    } else {
                        out.appendCodePoint(codePoint);
                    }
                }
            }
        }

        private static final java.util.HexFormat HEX = java.util.HexFormat.of();
    }
}
