package dev.chancery.formats.json;

import dev.chancery.formats.FormatException;
import java.math.BigDecimal;
import java.util.List;

/// Values of the scalar types that protocol buffers' JSON spells in more than one way.
final class ProtobufScalar {
    private ProtobufScalar() {}

    /// An integer: a number or a string that holds one, in any notation that JSON has, if its value is whole.
    static long int64(JsonValue value, String place) throws FormatException {
        String text = switch (value) {
            case JsonValue.JsonNumber(String number) -> number;
            case JsonValue.JsonString(String string) when JsonValue.JsonNumber.isNumber(string)
                    && string.length() <= StrictJson.MAX_NUMBER_LENGTH -> string;
            default -> throw notInteger(value, place);
        };
        try {
            return new BigDecimal(text).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw notInteger(value, place);
        }
    }

    private static FormatException notInteger(JsonValue value, String place) {
        return FormatException.fieldInvalid(place, "a whole number of 64 bits", found(value));
    }

    /// A value of an enumeration, by its name or its number.
    static String enumeration(JsonValue value, List<String> names, String place) throws FormatException {
        if (value instanceof JsonValue.JsonString(String name) && names.contains(name)) {
            return name;
        }
        if (value instanceof JsonValue.JsonNumber) {
            long number = int64(value, place);
            if (number >= 0 && number < names.size()) {
                return names.get((int) number);
            }
        }
        throw FormatException.fieldInvalid(place, "one of " + String.join(", ", names), found(value));
    }

    private static String found(JsonValue value) {
        return switch (value) {
            case JsonValue.JsonString(String text) -> FormatException.quoted(text);
            case JsonValue.JsonNumber(String number) -> number;
            default -> value.kind();
        };
    }
}
