package dev.chancery.formats.json;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.nio.ByteBuffer;

/// The tokens of a JSON text (RFC 8259 §2, §7), and where they stand.
final class JsonScanner {
    /// What [#peek()] says at the end.
    static final int END = -1;

    private final Bytes text;
    private final ByteBuffer octets;
    private final int size;
    private int at;

    /// @param text valid UTF-8
    JsonScanner(Bytes text) {
        this.text = text;
        this.octets = text.byteBuffer();
        this.size = text.size();
    }

    int position() {
        return at;
    }

    /// The byte here, which is a character when it is ASCII, or [#END].
    int peek() {
        return at < size ? text.at(at) : END;
    }

    void next() {
        at++;
    }

    void skipSpace() {
        while (at < size) {
            int c = text.at(at);
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
        if (at < size) {
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
        int run = start;
        while (run < size && isOfNumbers(text.at(run))) {
            run++;
        }
        String candidate = text.utf8(start, run);
        int end = JsonNumberGrammar.end(candidate, 0);
        if (end < 0) {
            at = start - 1 - end;
            throw unexpected("a digit");
        }
        if (end > StrictJson.MAX_NUMBER_LENGTH) {
            throw malformed("a number of at most " + StrictJson.MAX_NUMBER_LENGTH + " characters", end + " characters");
        }
        at = start + end;
        return end == candidate.length() ? candidate : candidate.substring(0, end);
    }

    private static boolean isOfNumbers(int c) {
        return c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E';
    }

    /// A string, from its opening to behind its closing quote.
    String string() throws FormatException {
        int start = ++at;
        at = plainUntil(start);
        switch (peek()) {
            case '"' -> {
                return plain(start, at++);
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

    /// The same, checked as strictly and not kept.
    void skipString() throws FormatException {
        int start = ++at;
        StringBuilder discarded = new StringBuilder(2);
        while (true) {
            at = plainUntil(at);
            switch (peek()) {
                case '"' -> {
                    at++;
                    return;
                }
                case '\\' -> {
                    at++;
                    escape(discarded);
                    discarded.setLength(0);
                }
                case END -> throw unexpected("the end of the string that begins at " + positionOf(start - 1));
                default -> throw unexpected("control characters in a string to be escaped");
            }
        }
    }

    /// The text of a part of a string.
    private String plain(int start, int end) throws FormatException {
        if (end - start > StrictJson.MAX_TEXT && !isAscii(start, end)) {
            throw tooLong(end - start);
        }
        return text.utf8(start, end);
    }

    private boolean isAscii(int start, int end) {
        for (int i = start; i < end; i++) {
            if (text.at(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static FormatException tooLong(int found) {
        return FormatException.tooLarge("", "bytes in a string that is not ASCII", found, StrictJson.MAX_TEXT);
    }

    /// Where the characters end that stand for themselves in a string. Most of a document is in its strings, so it is done for eight
    /// characters at once where each is one byte.
    private int plainUntil(int start) {
        int end = start;
        while (end < size) {
            if (end + 8 <= size && isPlain(octets.getLong(end))) {
                end += 8;
                continue;
            }
            int last = Math.min(end + 8, size);
            for (; end < last; end++) {
                int c = text.at(end);
                if (c == '"' || c == '\\' || c < 0x20) {
                    return end;
                }
            }
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
        StringBuilder out = new StringBuilder(64);
        int from = start;
        while (at < size) {
            if (at - start > StrictJson.MAX_TEXT) {
                throw tooLong(at - start);
            }
            int c = text.at(at);
            if (c == '"') {
                return out.append(text.utf8(from, at++)).toString();
            }
            if (c == '\\') {
                out.append(text.utf8(from, at++));
                escape(out);
                from = at;
            } else if (c < 0x20) {
                throw unexpected("control characters in a string to be escaped");
            } else {
                at++;
            }
        }
        throw unexpected("the end of the string that begins at " + positionOf(start - 1));
    }

    private void escape(StringBuilder out) throws FormatException {
        switch (peek()) {
            case '"', '\\', '/' -> out.append((char) text.at(at++));
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
        if (Character.isHighSurrogate(first) && at + 1 < size && text.at(at) == '\\' && text.at(at + 1) == 'u') {
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
        return malformed(expected, at < size ? FormatException.quoted(character()) : "the end of the document");
    }

    /// The character that begins here, which may be several bytes.
    private String character() {
        int end = at + 1;
        while (end < size && isContinuation(text.at(end))) {
            end++;
        }
        return text.utf8(at, end);
    }

    private static boolean isContinuation(int octet) {
        return (octet & 0xc0) == 0x80;
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
        for (int i = 0; i < Math.min(index, size); i++) {
            if (text.at(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        int column = 1;
        for (int i = start; i < Math.min(index, size); i++) {
            column += isContinuation(text.at(i)) ? 0 : 1;
        }
        return new int[] {line, column};
    }
}
