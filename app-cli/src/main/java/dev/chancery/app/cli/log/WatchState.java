package dev.chancery.app.cli.log;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.json.JsonValue;
import dev.chancery.formats.json.StrictJson;
import java.util.List;

/// What a monitor has seen last: `{"mediaType", "checkpoint", "range": [base64]}`.
///
/// @param checkpoint as the log signed it
/// @param range hashes of the largest whole subtrees of its tree, from the left
record WatchState(String checkpoint, List<Bytes> range) {
    static final int MAX_LENGTH = 1 << 20;

    private static final String MEDIA_TYPE = "application/vnd.chancery.log-state.v1+json";
    private static final int MAX_RANGE = 64;

    WatchState {
        range = List.copyOf(range);
    }

    static Bytes write(WatchState state) {
        return JsonText.pretty(JsonText.object()
                .put("mediaType", MEDIA_TYPE)
                .put("checkpoint", state.checkpoint)
                .put("range", JsonText.array(state.range.stream().<JsonValue>map(hash -> new JsonValue.JsonString(hash.toBase64())).toList()))
                .build());
    }

    static WatchState read(Bytes json) throws FormatException {
        JsonFields fields = JsonFields.of(StrictJson.parse(json, MAX_LENGTH), "");
        String mediaType = fields.requiredText("mediaType");
        if (!mediaType.equals(MEDIA_TYPE)) {
            throw FormatException.mediaTypeUnsupported("mediaType", MEDIA_TYPE, FormatException.quoted(mediaType));
        }
        WatchState state = new WatchState(fields.requiredText("checkpoint"), fields.bytesArray("range", MAX_RANGE));
        fields.end();
        return state;
    }
}
