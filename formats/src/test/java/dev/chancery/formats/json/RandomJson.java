package dev.chancery.formats.json;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Random values for property tests.
final class RandomJson {
    private static final String[] NUMBERS = {"0", "-0", "1", "-1.5", "1e10", "2E-7", "9007199254740993", "0.1", "123456789012345678901234567890"};

    private RandomJson() {}

    static JsonValue value(RandomGenerator random, int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> new JsonValue.JsonString(text(random));
            case 1 -> new JsonValue.JsonNumber(NUMBERS[random.nextInt(NUMBERS.length)]);
            case 2 -> new JsonValue.JsonBoolean(random.nextBoolean());
            case 3 -> new JsonValue.JsonNull();
            case 4 -> JsonValue.JsonNumber.of(random.nextLong());
            case 5 -> {
                List<JsonValue> elements = new ArrayList<>();
                for (int n = random.nextInt(5); n > 0; n--) {
                    elements.add(value(random, depth - 1));
                }
                yield new JsonValue.JsonArray(elements);
            }
            default -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                for (int n = random.nextInt(5); n > 0; n--) {
                    members.put(text(random), value(random, depth - 1));
                }
                yield new JsonValue.JsonObject(members);
            }
        };
    }

    /// Any text that Unicode has: all planes, control characters, no unpaired surrogates.
    static String text(RandomGenerator random) {
        StringBuilder out = new StringBuilder();
        for (int n = random.nextInt(9); n > 0; n--) {
            int codePoint = random.nextInt(switch (random.nextInt(4)) {
                case 0 -> 0x20;
                case 1 -> 0x80;
                case 2 -> 0x3000;
                default -> Character.MAX_CODE_POINT + 1;
            });
            if (codePoint < Character.MIN_SURROGATE || codePoint > Character.MAX_SURROGATE) {
                out.appendCodePoint(codePoint);
            }
        }
        return out.toString();
    }
}
