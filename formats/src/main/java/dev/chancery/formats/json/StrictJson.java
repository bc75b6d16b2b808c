package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/// Reads JSON without leniency: UTF-8 without a byte order mark, no member twice, no unpaired surrogate, nothing after the value,
/// and no deeper than [#MAX_DEPTH].
public final class StrictJson {
    /// The deepest nesting that is read.
    public static final int MAX_DEPTH = 64;

    private static final int MAX_NUMBER = 100;
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH + 1)
                    .maxNumberLength(MAX_NUMBER)
                    .maxStringLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .build())
            .build();

    private StrictJson() {}

    /// Reads one value.
    ///
    /// @param maxLength in bytes
    /// @throws FormatException when the input is longer, or isn't one strict JSON value
    public static JsonValue parse(Bytes input, int maxLength) throws FormatException {
        if (input.size() > maxLength) {
            throw new FormatException(ErrorCode.TOO_LARGE, "it has " + input.size() + " bytes; the limit is " + maxLength);
        }
        String text = input.utf8().orElseThrow(() -> new FormatException(ErrorCode.NOT_UTF8, "its bytes are not valid UTF-8"));
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new FormatException(ErrorCode.JSON_MALFORMED, "it is empty");
            }
            JsonValue value = value(parser, 1);
            if (parser.nextToken() != null) {
                throw malformed(parser, "something follows the value");
            }
            return value;
        } catch (JacksonException e) {
            String at = e.getLocation() == null ? "" : "line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ": ";
            throw new FormatException(ErrorCode.JSON_MALFORMED, at + e.getOriginalMessage());
        }
    }

    private static JsonValue value(JsonParser parser, int depth) throws FormatException {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> object(parser, depth);
            case START_ARRAY -> array(parser, depth);
            case VALUE_STRING -> new JsonValue.JsonString(sound(parser, parser.getString()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.JsonNumber(parser.getString());
            case VALUE_TRUE -> new JsonValue.JsonBoolean(true);
            case VALUE_FALSE -> new JsonValue.JsonBoolean(false);
            case VALUE_NULL -> new JsonValue.JsonNull();
            default -> throw malformed(parser, "the value ends early");
        };
    }

    private static JsonValue object(JsonParser parser, int depth) throws FormatException {
        checkDepth(depth);
        Map<String, JsonValue> members = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = sound(parser, parser.currentName());
            parser.nextToken();
            if (members.put(name, value(parser, depth + 1)) != null) {
                throw new FormatException(ErrorCode.JSON_DUPLICATE, "the member \"" + name + "\" stands twice in one object");
            }
        }
        return new JsonValue.JsonObject(members);
    }

    private static JsonValue array(JsonParser parser, int depth) throws FormatException {
        checkDepth(depth);
        List<JsonValue> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(value(parser, depth + 1));
        }
        return new JsonValue.JsonArray(elements);
    }

    private static void checkDepth(int depth) throws FormatException {
        if (depth > MAX_DEPTH) {
            throw new FormatException(ErrorCode.JSON_DEPTH, "it is nested deeper than " + MAX_DEPTH + " levels");
        }
    }

    private static String sound(JsonParser parser, String text) throws FormatException {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isHighSurrogate(text.charAt(i)) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(text.charAt(i))) {
                throw malformed(parser, "a string has an unpaired surrogate");
            }
        }
        return text;
    }

    private static FormatException malformed(JsonParser parser, String why) {
        return new FormatException(ErrorCode.JSON_MALFORMED, "line " + parser.currentLocation().getLineNr() + ", column "
                + parser.currentLocation().getColumnNr() + ": " + why);
    }
}
