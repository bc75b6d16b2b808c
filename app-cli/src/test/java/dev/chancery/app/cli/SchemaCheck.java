package dev.chancery.app.cli;

import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.JsonValue.JsonArray;
import dev.chancery.formats.json.JsonValue.JsonBoolean;
import dev.chancery.formats.json.JsonValue.JsonNumber;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Holds a document against the part of JSON Schema that our schemas use: `type`, `required`, `properties`, `additionalProperties`,
/// `items`, `enum` and `pattern`.
final class SchemaCheck {
    private final List<String> faults = new ArrayList<>();

    private SchemaCheck() {}

    static List<String> faults(JsonValue schema, JsonValue document) {
        SchemaCheck check = new SchemaCheck();
        check.value((JsonObject) schema, document, "$");
        return check.faults;
    }

    private void value(JsonObject schema, JsonValue value, String path) {
        String type = ((JsonString) member(schema, "type")).value();
        switch (value) {
            case JsonObject object when type.equals("object") -> object(schema, object, path);
            case JsonArray array when type.equals("array") -> {
                for (int i = 0; i < array.elements().size(); i++) {
                    value((JsonObject) member(schema, "items"), array.elements().get(i), path + "[" + i + "]");
                }
            }
            case JsonString text when type.equals("string") -> text(schema, text, path);
            case JsonNumber number when type.equals("integer") && number.text().matches("-?[0-9]+") -> { }
            case JsonBoolean _ when type.equals("boolean") -> { }
            default -> faults.add(path + " is " + value.kind() + ", not " + type);
        }
    }

    private static JsonValue member(JsonObject schema, String name) {
        return java.util.Objects.requireNonNull(schema.members().get(name), () -> "the schema has no " + name);
    }

    private void object(JsonObject schema, JsonObject object, String path) {
        if (schema.members().get("required") instanceof JsonArray(List<JsonValue> required)) {
            required.stream().map(name -> ((JsonString) name).value()).filter(name -> !object.members().containsKey(name))
                    .forEach(name -> faults.add(path + "." + name + " is missing"));
        }
        Map<String, JsonValue> properties = schema.members().get("properties") instanceof JsonObject(Map<String, JsonValue> known) ? known : Map.of();
        object.members().forEach((name, member) -> {
            JsonValue rule = properties.getOrDefault(name, schema.members().get("additionalProperties"));
            if (rule instanceof JsonObject found) {
                value(found, member, path + "." + name);
            } else {
                faults.add(path + "." + name + " is unknown");
            }
        });
    }

    private void text(JsonObject schema, JsonString text, String path) {
        if (schema.members().get("enum") instanceof JsonArray(List<JsonValue> allowed) && !allowed.contains(text)) {
            faults.add(path + " is " + text.value());
        }
        if (schema.members().get("pattern") instanceof JsonString(String pattern) && !Pattern.compile(pattern).matcher(text.value()).find()) {
            faults.add(path + " is " + text.value());
        }
    }
}
