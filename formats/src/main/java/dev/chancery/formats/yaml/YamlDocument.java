package dev.chancery.formats.yaml;

import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonValue;
import java.util.Map;
import java.util.Optional;

/// A YAML document that was read: its value, and where each part of it stands.
public final class YamlDocument {
    private final JsonValue value;
    private final Map<String, Position> positions;

    YamlDocument(JsonValue value, Map<String, Position> positions) {
        this.value = value;
        this.positions = Map.copyOf(positions);
    }

    /// A place in the text.
    ///
    /// @param line from 1
    /// @param column in characters, from 1
    record Position(int line, int column) {}

    /// The value, as if the document were JSON.
    public JsonValue value() {
        return value;
    }

    /// The members of the document, which must be a mapping. Their messages name line and column besides the path.
    ///
    /// @throws FormatException when it is something else
    public JsonFields fields() throws FormatException {
        return JsonFields.of(value, this::place);
    }

    /// A path as messages name it: `signers.alice.key (line 3, column 5)`. Of what isn't there, the place is that of what it would be in.
    public String place(String path) {
        String known = path;
        while (!positions.containsKey(known)) {
            int end = Math.max(known.lastIndexOf('.'), known.lastIndexOf('['));
            known = end < 0 ? "" : known.substring(0, end);
            if (known.isEmpty()) {
                break;
            }
        }
        Optional<Position> position = Optional.ofNullable(positions.get(known));
        String where = position.map(at -> " (line " + at.line() + ", column " + at.column() + ")").orElse("");
        return (path.isEmpty() ? "the document" : path) + where;
    }
}
