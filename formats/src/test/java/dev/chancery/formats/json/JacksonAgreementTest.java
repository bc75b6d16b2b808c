package dev.chancery.formats.json;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.Seed;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/// What our reader accepts, Jackson accepts too, and reads as the same value; and what we write, both read as what was written.
class JacksonAgreementTest {
    private static final int ROUNDS = 1_500;
    private static final String ALPHABET = "{}[]\",:\\ u0a1e-+.tfn\nétrue";

    private static final JsonFactory JACKSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

    @Test
    void randomValuesAreReadAsTheyWereWritten() throws FormatException {
        RandomGenerator random = Seed.of(JacksonAgreementTest.class);
        for (int i = 0; i < ROUNDS; i++) {
            JsonValue value = RandomJson.value(random, 4);
            for (Bytes text : List.of(JsonText.compact(value), JsonText.pretty(value))) {
                assertEquals(value, StrictJson.parse(text, text.size()));
                assertEquals(value, jackson(text));
            }
        }
    }

    @Test
    void whateverIsAcceptedIsWhatJacksonReads() {
        RandomGenerator random = Seed.of(JacksonAgreementTest.class);
        int accepted = 0;
        for (int i = 0; i < 20 * ROUNDS; i++) {
            Bytes text = mutated(JsonText.compact(RandomJson.value(random, 2)), random);
            try {
                JsonValue value = StrictJson.parse(text, text.size());
                assertEquals(value, jackson(text), () -> text.utf8().orElse(""));
                accepted++;
            } catch (FormatException e) {
                // refused: the other tests say what must be
            }
        }
        assertEquals(true, accepted > ROUNDS, "only " + accepted + " texts were accepted");
    }

    private static Bytes mutated(Bytes text, RandomGenerator random) {
        byte[] bytes = text.toByteArray();
        for (int n = random.nextInt(3); n > 0; n--) {
            bytes[random.nextInt(bytes.length)] = (byte) ALPHABET.charAt(random.nextInt(ALPHABET.length()));
        }
        return Bytes.copyOf(bytes);
    }

    private static JsonValue jackson(Bytes text) {
        try (JsonParser parser = JACKSON.createParser(ObjectReadContext.empty(), text.toByteArray())) {
            parser.nextToken();
            JsonValue value = value(parser);
            assertEquals(null, parser.nextToken());
            return value;
        }
    }

    private static JsonValue value(JsonParser parser) {
        JsonToken token = parser.currentToken();
        return switch (token) {
            case START_OBJECT -> {
                Map<String, JsonValue> members = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String name = parser.currentName();
                    parser.nextToken();
                    members.put(name, value(parser));
                }
                yield new JsonValue.JsonObject(members);
            }
            case START_ARRAY -> {
                List<JsonValue> elements = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    elements.add(value(parser));
                }
                yield new JsonValue.JsonArray(elements);
            }
            case VALUE_STRING -> new JsonValue.JsonString(parser.getString());
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new JsonValue.JsonNumber(parser.getString());
            case VALUE_TRUE -> new JsonValue.JsonBoolean(true);
            case VALUE_FALSE -> new JsonValue.JsonBoolean(false);
            case VALUE_NULL -> new JsonValue.JsonNull();
            default -> throw new AssertionError("Jackson saw " + token);
        };
    }
}
