package dev.chancery.formats.yaml;

import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.yaml.YamlDocument.Position;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionEndEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.DocumentEndEvent;
import org.snakeyaml.engine.v2.events.DocumentStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.StreamEndEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;

/// One reading of the parser's events. [StrictYaml#MAX_DEPTH] bounds the recursion.
final class YamlReader {
    private final Iterator<Event> events;
    private final Map<String, Position> positions = new HashMap<>();
    private int depth;
    private int values;

    YamlReader(Iterator<Event> events) {
        this.events = events;
    }

    YamlDocument document() throws FormatException {
        events.next(); // the stream's start
        Event start = events.next();
        if (!(start instanceof DocumentStartEvent document)) {
            throw notJson(start, "a value", "an empty document");
        }
        if (document.getSpecVersion().isPresent() || !document.getTags().isEmpty()) {
            throw notJson(start, "no directives", "one");
        }
        JsonValue value = value(events.next(), "");
        Event end = events.next();
        Event after = end instanceof DocumentEndEvent ? events.next() : end;
        if (!(after instanceof StreamEndEvent)) {
            throw notJson(after, "one document", "another one");
        }
        return new YamlDocument(value, positions);
    }

    private JsonValue value(Event event, String path) throws FormatException {
        if (++values > StrictYaml.MAX_VALUES) {
            throw FormatException.tooLarge("", "values", values, StrictYaml.MAX_VALUES);
        }
        positions.putIfAbsent(path, position(event));
        refuseAdornments(event);
        return switch (event) {
            case ScalarEvent scalar -> scalar(scalar);
            case CollectionStartEvent collection -> collection(collection, path);
            default -> throw notJson(event, "a value", event.getEventId().name());
        };
    }

    private static void refuseAdornments(Event event) throws FormatException {
        if (event instanceof AliasEvent) {
            throw notJson(event, "no aliases", "one");
        }
        if (event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw notJson(event, "no anchors", "one");
        }
        Optional<String> tag = switch (event) {
            case ScalarEvent scalar -> scalar.getTag();
            case CollectionStartEvent collection -> collection.getTag();
            default -> Optional.empty();
        };
        if (tag.isPresent()) {
            throw notJson(event, "no tags", FormatException.quoted(tag.get()));
        }
    }

    private static JsonValue scalar(ScalarEvent scalar) throws FormatException {
        String text = scalar.getValue();
        if (!scalar.isPlain()) {
            return new JsonValue.JsonString(sound(scalar));
        }
        if (text.isEmpty() || text.equals("null")) {
            throw notJson(scalar, "a value, or the whole field left out", text.isEmpty() ? "nothing" : "null");
        }
        return PlainScalar.value(sound(scalar)).orElseThrow(() -> notJson(scalar,
                "text in quotes where other readers take it for something else than a string", FormatException.quoted(text)));
    }

    /// A scalar's text, which JSON can say when its surrogates are paired.
    private static String sound(ScalarEvent scalar) throws FormatException {
        String text = scalar.getValue();
        try {
            JsonText.compact(new JsonValue.JsonString(text));
        } catch (IllegalArgumentException e) {
            throw notJson(scalar, "surrogates in pairs", "an unpaired surrogate");
        }
        return text;
    }

    private JsonValue collection(CollectionStartEvent start, String path) throws FormatException {
        if (++depth > StrictYaml.MAX_DEPTH) {
            throw FormatException.jsonDepth(path, StrictYaml.MAX_DEPTH);
        }
        JsonValue value = start instanceof MappingStartEvent ? mapping(path) : sequence(path);
        depth--;
        return value;
    }

    private JsonValue mapping(String path) throws FormatException {
        var members = JsonText.object();
        Set<String> names = new HashSet<>();
        for (Event key = events.next(); !(key instanceof CollectionEndEvent); key = events.next()) {
            refuseAdornments(key);
            if (!(key instanceof ScalarEvent scalar)) {
                throw notJson(key, "a string as key", "a mapping or sequence");
            }
            String name = sound(scalar);
            if (scalar.isPlain() && !PlainScalar.isString(name)) {
                throw notJson(key, "a string as key, in quotes where it could be taken for something else", FormatException.quoted(name));
            }
            String place = path.isEmpty() ? name : path + "." + name;
            if (!names.add(name)) {
                throw FormatException.jsonDuplicate(place + " (" + describe(position(key)) + ")");
            }
            positions.putIfAbsent(place, position(key));
            members.put(name, value(events.next(), place));
        }
        return members.build();
    }

    private JsonValue sequence(String path) throws FormatException {
        List<JsonValue> elements = new ArrayList<>();
        for (Event element = events.next(); !(element instanceof CollectionEndEvent); element = events.next()) {
            elements.add(value(element, path + "[" + elements.size() + "]"));
        }
        return JsonText.array(elements);
    }

    private static FormatException notJson(Event event, String expected, String found) {
        Position position = position(event);
        return FormatException.yamlNotJson(position.line(), position.column(), expected, found);
    }

    private static Position position(Event event) {
        Optional<Mark> mark = event.getStartMark();
        return mark.isPresent() ? new Position(mark.get().getLine() + 1, mark.get().getColumn() + 1) : new Position(1, 1);
    }

    private static String describe(Position position) {
        return "line " + position.line() + ", column " + position.column();
    }
}
