package dev.chancery.formats.json;

import dev.chancery.formats.FormatException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The tokens of a JSON text (RFC 8259 §2, §7), and where they stand.
final class JsonScanner {
    /// What [#peek()] says at the end; no character of a valid text, since noncharacters in it would be inside strings.
    static final int END = -1;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final byte[] NONE = {};
    private static final int LONGEST_COPY = 1 << 20;

    private final String text;
    /// The text again, when it is ASCII and not so long that having it twice would matter; empty otherwise.
    private final byte[] octets;
    private int at;

    /// @param size of the text's UTF-8 form in bytes, which equals the number of characters when all are ASCII and only then
    JsonScanner(String text, int size) {
        this.text = text;
        this.octets = size == text.length() && size <= LONGEST_COPY ? text.getBytes(StandardCharsets.ISO_8859_1) : NONE;
    }

    int position() {
        return at;
    }

    /// The character here, or [#END].
    int peek() {
        return at < text.length() ? text.charAt(at) : END;
    }

    void next() {
        at++;
    }

    void skipSpace() {
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return;
            }
            at++;
        }
    }

    /// Skips white space, and the character if it stands there.
    boolean skipIf(char wanted) {
        skipSpace();
        if (peek() == wanted) {
            at++;
            return true;
        }
        return false;
    }

    /// After a member or element: whether there is another; or else the closing character was passed.
    boolean another(char closing) throws FormatException {
        if (skipIf(',')) {
            return true;
        }
        if (skipIf(closing)) {
            return false;
        }
        throw unexpected("a comma or " + closing);
    }

    void expect(char wanted) throws FormatException {
        if (!skipIf(wanted)) {
            throw unexpected(Character.toString(wanted));
        }
    }

    void expectEnd() throws FormatException {
        skipSpace();
        if (at < text.length()) {
            throw unexpected("the end of the document");
        }
    }

    <T> T literal(String word, T meaning) throws FormatException {
        for (int i = 0; i < word.length(); i++, at++) {
            if (peek() != word.charAt(i)) {
                throw unexpected(word);
            }
        }
        return meaning;
    }

    String number() throws FormatException {
        int start = at;
        int end = JsonNumberGrammar.end(text, start);
        if (end < 0) {
            at = -1 - end;
            throw unexpected("a digit");
        }
        if (end - start > StrictJson.MAX_NUMBER_LENGTH) {
            throw malformed("a number of at most " + StrictJson.MAX_NUMBER_LENGTH + " characters", (end - start) + " characters");
        }
        at = end;
        return text.substring(start, end);
    }

    /// A string, from its opening to behind its closing quote.
    String string() throws FormatException {
        int start = ++at;
        at = plainUntil(start);
        switch (peek()) {
            case '"' -> {
                return text.substring(start, at++);
            }
            case '\\' -> {
                return escapedString(start);
            }
            case END -> {
                // It is said below.
            }
            default -> throw unexpected("control characters in a string to be escaped");
        }
        throw unexpected("the end of the string that begins at " + positionOf(start - 1));
    }

    /// Where the characters end that stand for themselves in a string. Most of a document is in its strings, so it is done for eight
    /// characters at once where each is one byte.
    private int plainUntil(int start) {
        int end = start;
        while (end + 8 <= octets.length && isPlain((long) EIGHT.get(octets, end))) {
            end += 8;
        }
        while (end < text.length()) {
            char c = text.charAt(end);
            if (c == '"' || c == '\\' || c < 0x20) {
                break;
            }
            end++;
        }
        return end;
    }

    /// Whether eight characters are all ASCII, printable, and neither quotation mark nor backslash: a byte is zero where the two are equal, and
    /// subtracting borrows into the highest bit of the lowest byte that is less than what is subtracted ("Bit Twiddling Hacks", *Determine if a word
    /// has a byte less than n*). A borrow can reach further bytes only when one has been found.
    private static boolean isPlain(long eight) {
        long quote = eight ^ 0x2222222222222222L;
        long backslash = eight ^ 0x5c5c5c5c5c5c5c5cL;
        long found = eight | eight - 0x2020202020202020L | quote - 0x0101010101010101L | backslash - 0x0101010101010101L;
        return (found & 0x8080808080808080L) == 0;
    }

    private String escapedString(int start) throws FormatException {
        StringBuilder out = new StringBuilder(text.length() - start < 64 ? 16 : 64).append(text, start, at);
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                return out.toString();
            }
            if (c == '\\') {
                at++;
                escape(out);
            } else if (c < 0x20) {
                throw unexpected("control characters in a string to be escaped");
            } else {
                out.append(c);
                at++;
            }
        }
        throw unexpected("the end of the string that begins at " + positionOf(start - 1));
    }

    private void escape(StringBuilder out) throws FormatException {
        switch (peek()) {
            case '"', '\\', '/' -> out.append(text.charAt(at++));
            case 'b' -> simple(out, '\b');
            case 'f' -> simple(out, '\f');
            case 'n' -> simple(out, '\n');
            case 'r' -> simple(out, '\r');
            case 't' -> simple(out, '\t');
            case 'u' -> codePoint(out);
            default -> throw unexpected("one of \" \\ / b f n r t u after a backslash");
        }
    }

    private void simple(StringBuilder out, char meaning) {
        at++;
        out.append(meaning);
    }

    /// `\\uXXXX`, and the second half that a high surrogate must be followed by. The text itself, being UTF-8, has no surrogate alone.
    private void codePoint(StringBuilder out) throws FormatException {
        int start = at - 1;
        char first = hex4();
        out.append(first);
        if (!Character.isSurrogate(first)) {
            return;
        }
        if (Character.isHighSurrogate(first) && text.startsWith("\\u", at)) {
            at++;
            char second = hex4();
            if (Character.isLowSurrogate(second)) {
                out.append(second);
                return;
            }
        }
        at = start;
        throw malformed("surrogates in pairs", "an unpaired surrogate");
    }

    private char hex4() throws FormatException {
        at++;
        int value = 0;
        for (int i = 0; i < 4; i++, at++) {
            int digit = hexDigit(peek());
            if (digit < 0) {
                throw unexpected("four hexadecimal digits");
            }
            value = value << 4 | digit;
        }
        return (char) value;
    }

    private static int hexDigit(int c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        int letter = c | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    /// An exception that names this place and the character that stands there.
    FormatException unexpected(String expected) {
        return malformed(expected, at < text.length()
                ? FormatException.quoted(Character.toString(text.codePointAt(at)))
                : "the end of the document");
    }

    private FormatException malformed(String expected, String found) {
        int[] place = lineAndColumn(at);
        return FormatException.jsonMalformed(place[0], place[1], expected, found);
    }

    private String positionOf(int index) {
        int[] place = lineAndColumn(index);
        return "line " + place[0] + ", column " + place[1];
    }

    private int[] lineAndColumn(int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < Math.min(index, text.length()); i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new int[] {line, text.codePointCount(start, Math.min(index, text.length())) + 1};
    }
}
