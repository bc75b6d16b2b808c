package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/// The JSON Canonicalization Scheme (RFC 8785): one text for one value, whatever order, spacing and escapes it came in.
///
/// The scheme's numbers are IEEE 754 doubles. A number that its canonical text would not say exactly, such as an integer above
/// 2^53 that no double is, is refused instead of being rounded (RFC 8785 §6 leaves that to the application).
public final class CanonicalJson {
    private CanonicalJson() {}

    /// The canonical UTF-8 text of a value.
    ///
    /// @throws FormatException when a number would be changed, or a string has an unpaired surrogate
    public static Bytes encode(JsonValue value) throws FormatException {
        StringBuilder out = new StringBuilder(256);
        write(value, "", out);
        return Bytes.ofUtf8(out.toString());
    }

    private static void write(JsonValue value, String path, StringBuilder out) throws FormatException {
        switch (value) {
            case JsonValue.JsonObject object -> object(object, path, out);
            case JsonValue.JsonArray array -> array(array, path, out);
            case JsonValue.JsonString string -> string(string.value(), path, out);
            case JsonValue.JsonNumber number -> number(number.text(), path, out);
            case JsonValue.JsonBoolean bool -> out.append(bool.value());
            case JsonValue.JsonNull _ -> out.append("null");
        }
    }

    /// Members by their names' UTF-16 code units (§3.2.3), which is the order of [String#compareTo(String)].
    private static void object(JsonValue.JsonObject object, String path, StringBuilder out) throws FormatException {
        List<Map.Entry<String, JsonValue>> members = new ArrayList<>(object.members().entrySet());
        members.sort(Map.Entry.comparingByKey());
        out.append('{');
        for (Iterator<Map.Entry<String, JsonValue>> each = members.iterator(); each.hasNext(); ) {
            Map.Entry<String, JsonValue> member = each.next();
            String place = path.isEmpty() ? member.getKey() : path + "." + member.getKey();
            string(member.getKey(), place, out);
            out.append(':');
            write(member.getValue(), place, out);
            out.append(each.hasNext() ? "," : "");
        }
        out.append('}');
    }

    private static void array(JsonValue.JsonArray array, String path, StringBuilder out) throws FormatException {
        out.append('[');
        for (int i = 0; i < array.elements().size(); i++) {
            out.append(i == 0 ? "" : ",");
            write(array.elements().get(i), path + "[" + i + "]", out);
        }
        out.append(']');
    }

    private static void number(String text, String path, StringBuilder out) throws FormatException {
        String canonical = EcmaScriptNumber.format(Double.parseDouble(text));
        if (!sameValue(text, canonical)) {
            throw FormatException.fieldInvalid(path, "a number that a double can say (RFC 8785 §3.2.2.3)", text);
        }
        out.append(canonical);
    }

    private static boolean sameValue(String text, String canonical) {
        if (canonical.equals("Infinity") || canonical.equals("-Infinity")) {
            return false;
        }
        try {
            return new BigDecimal(text).compareTo(new BigDecimal(canonical)) == 0;
        } catch (NumberFormatException e) {
            return false; // an exponent beyond BigDecimal's
        }
    }

    /// §3.2.2.2: the two-character escapes where JSON has them, lower-case `\\u00xx` for other control characters, the rest as it is.
    private static void string(String text, String path, StringBuilder out) throws FormatException {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"', '\\' -> out.append('\\').append(c);
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 0xf, 16));
                    } else if (!Character.isSurrogate(c)) {
                        out.append(c);
                    } else if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                        out.append(c).append(text.charAt(++i));
                    } else {
                        throw FormatException.fieldInvalid(path, "surrogates in pairs", "an unpaired surrogate");
                    }
                }
            }
        }
        out.append('"');
    }
}
