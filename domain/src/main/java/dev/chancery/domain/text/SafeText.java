package dev.chancery.domain.text;

/// The one function that text from outside passes before it is shown: labels, identities, file names, server messages.
///
/// Control characters (C0, DEL, C1), line and paragraph separators, bidirectional controls and other invisible formatting
/// characters (Unicode general categories Cc, Cf, Zl, Zp), unpaired surrogates, private and unassigned characters are written as `<U+HEX>`, so that
/// nothing can move the cursor, reorder a line or hide.
public final class SafeText {
    private SafeText() {}

    /// The text with everything invisible made visible. Tabs and line breaks too: the result is one line.
    public static String oneLine(String text) {
        int index = 0;
        while (index < text.length() && isPlain(text.charAt(index))) {
            index++;
        }
        if (index == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, index);
        while (index < text.length()) {
            int codePoint = text.codePointAt(index);
            if (isInvisible(codePoint)) {
                out.append("<U+").append(String.format("%04X", codePoint)).append('>');
            } else {
                out.appendCodePoint(codePoint);
            }
            index += Character.charCount(codePoint);
        }
        return out.toString();
    }

    private static boolean isPlain(char c) {
        return c >= 0x20 && c < 0x7f;
    }

    /// Whether a character has no sure look of its own: the kinds listed above. Writers of formats with escapes of their own use it
    /// to escape the same characters.
    public static boolean isInvisible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE, Character.UNASSIGNED, Character.PRIVATE_USE -> true;
            default -> false;
        };
    }
}
