package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonValue.JsonArray;
import dev.chancery.formats.json.JsonValue.JsonBoolean;
import dev.chancery.formats.json.JsonValue.JsonNull;
import dev.chancery.formats.json.JsonValue.JsonNumber;
import dev.chancery.formats.json.JsonValue.JsonObject;
import dev.chancery.formats.json.JsonValue.JsonString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// One reading of one text. Recursive descent over RFC 8259's grammar; [StrictJson#MAX_DEPTH] bounds the recursion.
///
/// Written by hand rather than on a library, because it is on the start path of every command, because a member's exact text
/// is needed, and because each way to be lenient would have to be found and closed. A test reads what it reads with Jackson too.
final class JsonReader {
    private static final JsonObject NO_MEMBERS = new JsonObject(Map.of());
    private static final JsonString NO_TEXT = new JsonString("");
    private static final JsonNull NULL = new JsonNull();
    private static final JsonBoolean TRUE = new JsonBoolean(true);
    private static final JsonBoolean FALSE = new JsonBoolean(false);

    private final JsonScanner scanner;
    private final Bytes text;
    private final Set<String> unread;
    private final JsonPath path;
    private final Map<String, SourcedObject.Range> ranges = new HashMap<>();
    private boolean sourced;
    private boolean keeping = true;
    private int held;

    /// @param text valid UTF-8
    JsonReader(Bytes text, Set<String> unread, int maxDepth) {
        this.path = new JsonPath(maxDepth);
        this.text = text;
        this.scanner = new JsonScanner(text);
        this.unread = unread;
    }

    JsonValue document() throws FormatException {
        scanner.skipSpace();
        JsonValue value = value();
        scanner.expectEnd();
        return value;
    }

    SourcedObject objectDocument() throws FormatException {
        sourced = true;
        JsonValue value = document();
        if (value instanceof JsonObject object) {
            Map<String, JsonValue> members = new LinkedHashMap<>(object.members());
            members.keySet().removeAll(unread);
            return new SourcedObject(new JsonObject(members), text, ranges);
        }
        throw FormatException.fieldInvalid("", "an object", value.kind());
    }

    void checkObjectDocument() throws FormatException {
        keeping = false;
        JsonValue value = document();
        if (!(value instanceof JsonObject)) {
            throw FormatException.fieldInvalid("", "an object", value.kind());
        }
    }

    private JsonValue value() throws FormatException {
        if (keeping) {
            hold();
        }
        return switch (scanner.peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> scanner.literal("true", TRUE);
            case 'f' -> scanner.literal("false", FALSE);
            case 'n' -> scanner.literal("null", NULL);
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> new JsonNumber(scanner.number());
            default -> throw scanner.unexpected("a value");
        };
    }

    private JsonString string() throws FormatException {
        if (keeping) {
            return new JsonString(scanner.string());
        }
        scanner.skipString();
        return NO_TEXT;
    }

    private void hold() throws FormatException {
        if (++held > StrictJson.MAX_VALUES) {
            throw FormatException.tooLarge("", "values", held, StrictJson.MAX_VALUES);
        }
    }

    private JsonObject object() throws FormatException {
        path.enter();
        scanner.next();
        JsonMembers members = new JsonMembers();
        if (!scanner.skipIf('}')) {
            do {
                member(members);
            } while (scanner.another('}'));
        }
        path.leave();
        if (!keeping) {
            held -= members.size();
            return NO_MEMBERS;
        }
        return new JsonObject(members);
    }

    private void member(JsonMembers members) throws FormatException {
        scanner.skipSpace();
        if (scanner.peek() != '"') {
            throw scanner.unexpected("a member's name in double quotes");
        }
        String name = scanner.string();
        path.member(name);
        if (members.containsKey(name)) {
            throw FormatException.jsonDuplicate(path.toString());
        }
        scanner.expect(':');
        scanner.skipSpace();
        int start = scanner.position();
        boolean top = path.depth() == 1;
        boolean keptBefore = keeping;
        keeping &= !(top && unread.contains(name));
        JsonValue value = value();
        if (top && sourced) {
            ranges.put(name, new SourcedObject.Range(start, scanner.position(), value.kind()));
        }
        members.add(name, keeping ? value : NULL);
        keeping = keptBefore;
        if (!keeping) {
            hold(); // names that are only compared are held until their object ends
        }
    }

    private JsonArray array() throws FormatException {
        path.enter();
        scanner.next();
        List<JsonValue> elements = new ArrayList<>();
        if (!scanner.skipIf(']')) {
            int index = 0;
            do {
                path.element(index++);
                scanner.skipSpace();
                JsonValue value = value();
                if (keeping) {
                    elements.add(value);
                }
            } while (scanner.another(']'));
        }
        path.leave();
        return new JsonArray(elements);
    }
}
