package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;

/// Bytes in base64 (RFC 4648), refused with the place where they stood.
public final class Base64Text {
    private static final String CANONICAL = "base64 (RFC 4648 §4, padded, no line breaks, unused bits zero)";
    private static final String EITHER = "base64 in one alphabet (RFC 4648 §4 or §5), padded or not, unused bits zero";

    private Base64Text() {}

    /// Reads the one canonical form.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when the text is anything else
    public static Bytes canonical(String text, String path) throws FormatException {
        try {
            return Bytes.fromBase64(text);
        } catch (IllegalArgumentException e) {
            throw FormatException.base64Malformed(path, CANONICAL, FormatException.beginning(text));
        }
    }

    /// Reads what the JSON mapping of protocol buffers allows: the standard or the URL-safe alphabet, with padding or without.
    ///
    /// @param path where it stands, for messages; empty for the document
    /// @throws FormatException when the text mixes alphabets, is padded wrongly, has unused bits set or isn't base64
    public static Bytes anyAlphabet(String text, String path) throws FormatException {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        boolean standard = text.indexOf('+') >= 0 || text.indexOf('/') >= 0;
        if (urlSafe && standard) {
            throw FormatException.base64Malformed(path, EITHER, FormatException.beginning(text));
        }
        String translated = urlSafe ? text.replace('-', '+').replace('_', '/') : text;
        boolean padded = translated.endsWith("=") || translated.length() % 4 == 0;
        try {
            return Bytes.fromBase64(padded ? translated : translated + "=".repeat(4 - translated.length() % 4));
        } catch (IllegalArgumentException e) {
            throw FormatException.base64Malformed(path, EITHER, FormatException.beginning(text));
        }
    }
}
