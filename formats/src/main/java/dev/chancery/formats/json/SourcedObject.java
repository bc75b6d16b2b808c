package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.json.JsonValue.JsonObject;
import java.util.Map;
import java.util.Optional;

/// An object that was read, with the text its members had.
public final class SourcedObject {
    private final JsonObject object;
    private final Bytes text;
    private final Map<String, Range> ranges;

    SourcedObject(JsonObject object, Bytes text, Map<String, Range> ranges) {
        this.object = object;
        this.text = text;
        this.ranges = ranges;
    }

    /// A part of the text, in bytes.
    ///
    /// @param kind of the value that stands there
    record Range(int start, int end, String kind) {}

    /// The members that are kept as values.
    public JsonObject object() {
        return object;
    }

    /// A member's value byte for byte as it stood in the input, without the white space around it; nothing when there is no such
    /// member.
    public Optional<Bytes> source(String name) {
        return Optional.ofNullable(ranges.get(name)).map(range -> text.slice(range.start(), range.end()));
    }

    /// What a member's value is, for messages (see [JsonValue#kind()]); nothing when there is no such member.
    public Optional<String> kind(String name) {
        return Optional.ofNullable(ranges.get(name)).map(Range::kind);
    }
}
