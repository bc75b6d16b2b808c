package dev.chancery.formats.json;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A JSON value (RFC 8259). Immutable.
public sealed interface JsonValue {
    /// What it is, for messages: `an object`, `a string`.
    String kind();

    /// An object.
    ///
    /// @param members in the order of the text
    record JsonObject(Map<String, JsonValue> members) implements JsonValue {
        public JsonObject {
            members = members instanceof JsonMembers ? members : Collections.unmodifiableMap(new LinkedHashMap<>(members));
        }

        @Override
        public String kind() {
            return "an object";
        }
    }

    /// An array.
    record JsonArray(List<JsonValue> elements) implements JsonValue {
        public JsonArray {
            elements = List.copyOf(elements);
        }

        @Override
        public String kind() {
            return "an array";
        }
    }

    /// A string. One that was read has no unpaired surrogate.
    record JsonString(String value) implements JsonValue {
        @Override
        public String kind() {
            return "a string";
        }
    }

    /// A number, digit for digit as it stood in the text: nothing is rounded.
    record JsonNumber(String text) implements JsonValue {
        /// @throws IllegalArgumentException when the text isn't a JSON number (RFC 8259 §6)
        public JsonNumber {
            if (!isNumber(text)) {
                throw new IllegalArgumentException("not a JSON number");
            }
        }

        /// Whether a text is a JSON number (RFC 8259 §6).
        public static boolean isNumber(String text) {
            return JsonNumberGrammar.end(text, 0) == text.length();
        }

        /// A whole number.
        public static JsonNumber of(long value) {
            return new JsonNumber(Long.toString(value));
        }

        @Override
        public String kind() {
            return "a number";
        }
    }

    /// `true` or `false`.
    record JsonBoolean(boolean value) implements JsonValue {
        @Override
        public String kind() {
            return "a boolean";
        }
    }

    /// `null`.
    record JsonNull() implements JsonValue {
        @Override
        public String kind() {
            return "null";
        }
    }
}
