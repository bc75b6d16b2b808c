package dev.chancery.adapters.cel;

import dev.cel.common.values.NullValue;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import dev.chancery.ports.condition.ConditionException;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A statement as the values that CEL knows.
final class StatementValues {
    private StatementValues() {}

    static Map<String, Object> of(Statement statement) throws ConditionException {
        try {
            return Map.of("predicate", value(StrictJson.parse(statement.predicate(), statement.predicate().size())),
                    "predicateType", statement.predicateType(),
                    "subject", statement.subjects().stream().map(subject -> Map.of("name", subject.name(), "digest", subject.digests())).toList());
        } catch (FormatException e) {
            throw new ConditionException(e.problem().why(), e);
        }
    }

    private static Object value(JsonValue json) {
        return switch (json) {
            case JsonValue.JsonObject(Map<String, JsonValue> members) -> {
                Map<String, Object> values = new LinkedHashMap<>();
                members.forEach((name, member) -> values.put(name, value(member)));
                yield values;
            }
            case JsonValue.JsonArray(List<JsonValue> elements) -> elements.stream().map(StatementValues::value).toList();
            case JsonValue.JsonString(String text) -> text;
            case JsonValue.JsonNumber(String text) -> number(text);
            case JsonValue.JsonBoolean(boolean truth) -> truth;
            case JsonValue.JsonNull _ -> NullValue.NULL_VALUE;
        };
    }

    /// An exponent could make an exact number of any length, so only plain digits are taken for an integer.
    private static Object number(String text) {
        if (text.length() <= 20 && text.chars().allMatch(c -> c == '-' || c >= '0' && c <= '9')) {
            try {
                return new BigDecimal(text).longValueExact();
            } catch (ArithmeticException _) {
                // Too large for an int of CEL: a double, as any other number.
            }
        }
        return Double.parseDouble(text);
    }
}
