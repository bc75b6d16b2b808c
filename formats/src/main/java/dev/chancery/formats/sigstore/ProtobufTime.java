package dev.chancery.formats.sigstore;

import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// Times and spans of time in Sigstore's documents (protobuf-specs v0.5, sigstore_common.proto, TimeRange).
final class ProtobufTime {
    private static final String START = "start";
    private static final String END = "end";

    private static final Pattern RFC_3339 =
            Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2})");

    private ProtobufTime() {}

    /// A TimeRange, which must have a start.
    static ValidityWindow window(JsonFields fields) throws FormatException {
        Instant start = time(fields.requiredText(START), fields.at(START));
        Optional<String> endText = fields.text(END);
        Instant end = endText.isPresent() ? time(endText.get(), fields.at(END)) : null;
        fields.end();
        if (end != null && end.isBefore(start)) {
            throw FormatException.fieldInvalid(fields.at(END), "an end that is not before the start", end.toString());
        }
        return new ValidityWindow(start, end);
    }

    static JsonValue window(ValidityWindow window) {
        var fields = JsonText.object();
        window.start().ifPresent(start -> fields.put(START, start.toString()));
        window.end().ifPresent(end -> fields.put(END, end.toString()));
        return fields.build();
    }

    /// A Timestamp: RFC 3339, in UTC or with an offset, with up to nine digits of a second.
    private static Instant time(String text, String place) throws FormatException {
        if (RFC_3339.matcher(text).matches()) {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeParseException e) {
                // falls through: a day or an hour that doesn't exist
            }
        }
        throw FormatException.fieldInvalid(place, "a time as RFC 3339 has it, such as 2026-11-21T09:30:00Z", FormatException.quoted(text));
    }
}
