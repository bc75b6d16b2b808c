package dev.chancery.formats.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Canonical JSON as TUF means it (§4.1, the OLPC wiki's): members ordered by code points, no white space, whole numbers only, and in
/// strings nothing escaped but `"` and `\`. It is not RFC 8785.
final class TufCanonicalJson {
    private TufCanonicalJson() {}

    static Bytes write(JsonValue value) throws FormatException {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return Bytes.ofUtf8(out.toString());
    }

    private static void write(JsonValue value, StringBuilder out) throws FormatException {
        switch (value) {
            case JsonValue.JsonObject object -> {
                out.append('{');
                List<Map.Entry<String, JsonValue>> members = object.members().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey(Comparator.comparing(Bytes::ofUtf8))) // UTF-8 orders as code points do
                        .toList();
                for (int i = 0; i < members.size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    string(members.get(i).getKey(), out);
                    out.append(':');
                    write(members.get(i).getValue(), out);
                }
                out.append('}');
            }
            case JsonValue.JsonArray array -> {
                out.append('[');
                for (int i = 0; i < array.elements().size(); i++) {
                    out.append(i == 0 ? "" : ",");
                    write(array.elements().get(i), out);
                }
                out.append(']');
            }
            case JsonValue.JsonString string -> string(string.value(), out);
            case JsonValue.JsonNumber number -> {
                if (!number.text().matches("0|-?[1-9][0-9]*")) {
                    throw FormatException.fieldInvalid("", "whole numbers only, as canonical JSON has them", number.text());
                }
                out.append(number.text());
            }
            case JsonValue.JsonBoolean bool -> out.append(bool.value());
            case JsonValue.JsonNull _ -> out.append("null");
        }
    }

    private static void string(String text, StringBuilder out) {
        out.append('"').append(text.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
    }
}
