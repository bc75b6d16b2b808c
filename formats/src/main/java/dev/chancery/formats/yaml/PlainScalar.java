package dev.chancery.formats.yaml;

import dev.chancery.formats.json.JsonValue;
import java.util.Optional;
import java.util.regex.Pattern;

/// What unquoted text means: what it means in JSON, or a string if no schema of YAML takes it for anything else.
final class PlainScalar {
    /// YAML 1.2.2 §10.3 (core schema), YAML 1.1 (types bool, null, int, float, merge, value).
    private static final Pattern MEANS_MORE = Pattern.compile("(?i:true|false|yes|no|on|off|y|n|null)|~|<<|=|"
            + "[-+]?[0-9][0-9_]*|[-+]?0[xX][0-9a-fA-F_]+|0o[0-7]+|[-+]?0b[01_]+|"
            + "[-+]?([0-9][0-9_]*)?\\.[0-9_]*([eE][-+]?[0-9]+)?|[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+|"
            + "[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?|[-+]?\\.(?i:inf)|\\.(?i:nan)");

    private PlainScalar() {}

    /// The value; nothing when it must be put in quotes.
    static Optional<JsonValue> value(String text) {
        return switch (text) {
            case "true" -> Optional.of(new JsonValue.JsonBoolean(true));
            case "false" -> Optional.of(new JsonValue.JsonBoolean(false));
            default -> {
                if (JsonValue.JsonNumber.isNumber(text)) {
                    yield Optional.of(new JsonValue.JsonNumber(text));
                }
                yield MEANS_MORE.matcher(text).matches() ? Optional.empty() : Optional.of(new JsonValue.JsonString(text));
            }
        };
    }

    /// Whether unquoted text is a string, which a key must be.
    static boolean isString(String text) {
        return value(text).filter(JsonValue.JsonString.class::isInstance).isPresent();
    }
}
