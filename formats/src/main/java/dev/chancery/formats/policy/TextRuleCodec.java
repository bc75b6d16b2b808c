package dev.chancery.formats.policy;

import dev.chancery.domain.policy.TextRule;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;

/// Reads rules for texts: a string, which is meant to the character, or an object with a `regexp`.
public final class TextRuleCodec {
    private TextRuleCodec() {}

    /// Reads the member of this name.
    ///
    /// @throws FormatException when it isn't there, or isn't a rule
    public static TextRule read(JsonFields fields, String name) throws FormatException {
        JsonValue value = fields.required(name);
        if (value instanceof JsonValue.JsonString(String text)) {
            if (text.isEmpty()) {
                throw FormatException.fieldMissing(fields.at(name), "at least one character");
            }
            return new TextRule.Exact(text);
        }
        if (!(value instanceof JsonValue.JsonObject)) {
            throw FormatException.fieldInvalid(fields.at(name), "a string, or an object with a regexp", value.kind());
        }
        JsonFields rule = fields.object(name);
        String expression = rule.requiredText("regexp");
        rule.end();
        if (expression.isEmpty()) {
            throw FormatException.fieldMissing(rule.at("regexp"), "at least one character");
        }
        return new TextRule.Regexp(expression);
    }
}
