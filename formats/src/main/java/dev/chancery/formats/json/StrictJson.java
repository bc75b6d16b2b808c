package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.util.Set;

/// Reads JSON (RFC 8259) without leniency, so that no two readers can see two things in one text. Refused are:
/// bytes that aren't UTF-8, a byte order mark, a member that stands twice in an object, an unpaired surrogate (escaped ones too),
/// comments, `NaN` and other extensions, anything after the value, and what is over the limits below.
///
/// Reading takes time and memory proportional to the input.
public final class StrictJson {
    /// The deepest nesting of objects and arrays.
    public static final int MAX_DEPTH = 64;

    /// The most characters of a number.
    public static final int MAX_NUMBER_LENGTH = 100;

    /// The most values in one document, and the most members of objects that are only checked: what bounds the memory that reading
    /// takes, since the smallest value takes many times its text.
    public static final int MAX_VALUES = 200_000;

    /// The longest string that has characters beyond ASCII or escapes, in bytes: as a value it takes several times its text. What is longer in the
    /// documents that are read here is base64.
    public static final int MAX_TEXT = 4 * 1024 * 1024;

    private static final Bytes BYTE_ORDER_MARK = Bytes.fromHex("efbbbf");

    private StrictJson() {}

    /// Reads one value.
    ///
    /// @param maxLength in bytes
    /// @throws FormatException when the input is longer, or isn't one strict JSON value
    public static JsonValue parse(Bytes input, int maxLength) throws FormatException {
        return new JsonReader(checked(input, maxLength), Set.of(), MAX_DEPTH).document();
    }

    /// Reads a document that must be an object, and remembers where its members stand in the text.
    ///
    /// @param maxLength in bytes
    /// @param unread names of members that are checked as strictly as the rest but not kept as values, whatever their size: only
    ///     their text is had, from [SourcedObject#source(String)]
    /// @throws FormatException when the input is longer, or isn't one strict JSON object
    public static SourcedObject parseObject(Bytes input, int maxLength, Set<String> unread) throws FormatException {
        return new JsonReader(checked(input, maxLength), unread, MAX_DEPTH).objectDocument();
    }

    /// Checks that the input is one strict JSON object, without keeping it.
    ///
    /// @param maxLength in bytes
    /// @param maxDepth at most [#MAX_DEPTH]; less for what is to stand inside another document
    /// @throws FormatException when it isn't, or is longer or deeper
    public static void checkObject(Bytes input, int maxLength, int maxDepth) throws FormatException {
        new JsonReader(checked(input, maxLength), Set.of(), maxDepth).checkObjectDocument();
    }

    private static Bytes checked(Bytes input, int maxLength) throws FormatException {
        if (input.size() > maxLength) {
            throw FormatException.tooLarge("", "bytes", input.size(), maxLength);
        }
        if (!input.isUtf8()) {
            throw FormatException.notUtf8("bytes that are no UTF-8");
        }
        if (input.startsWith(BYTE_ORDER_MARK)) {
            throw FormatException.notUtf8("a byte order mark");
        }
        return input;
    }
}
