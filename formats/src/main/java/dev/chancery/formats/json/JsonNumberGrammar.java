package dev.chancery.formats.json;

/// The grammar of numbers (RFC 8259 §6): no plus sign, no leading zero, digits on both sides of the point.
final class JsonNumberGrammar {
    private JsonNumberGrammar() {}

    /// Where the number that begins at an index ends; negative, as `-1 - index`, with the index where the grammar was broken.
    static int end(String text, int start) {
        int at = start;
        if (at < text.length() && text.charAt(at) == '-') {
            at++;
        }
        if (at < text.length() && text.charAt(at) == '0') {
            at++;
        } else {
            int digits = digits(text, at);
            if (digits == at) {
                return -1 - at;
            }
            at = digits;
        }
        if (at < text.length() && text.charAt(at) == '.') {
            int digits = digits(text, at + 1);
            if (digits == at + 1) {
                return -1 - digits;
            }
            at = digits;
        }
        if (at < text.length() && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            if (at < text.length() && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
                at++;
            }
            int digits = digits(text, at);
            if (digits == at) {
                return -1 - at;
            }
            at = digits;
        }
        return at;
    }

    private static int digits(String text, int start) {
        int at = start;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }
}
