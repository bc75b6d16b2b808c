package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads `pkcs11:` URIs (RFC 7512 §2.3). Unknown attributes are refused rather than passed over: a misspelt one would match more
/// keys than meant. A PIN (`pin-value`) and a command (`pin-source=|…`) are refused before anything of them is kept.
final class Pkcs11Uri {
    private static final Set<String> PATH_ATTRIBUTES = Set.of(
            "token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type",
            "library-manufacturer", "library-description", "library-version", "slot-manufacturer", "slot-description");
    private static final Set<String> QUERY_ATTRIBUTES = Set.of("pin-source", "pin-value", "module-name", "module-path");
    private static final Set<String> READ = Set.of("token", "manufacturer", "model", "serial", "slot-id", "object", "id", "type",
            "pin-source", "module-path");
    private static final Set<String> TYPES = Set.of("private", "public", "cert");

    private Pkcs11Uri() {}

    static Pkcs11KeyRef parse(String text, String rest) throws KeyRefException {
        int question = rest.indexOf('?');
        Map<String, Bytes> attributes = new HashMap<>();
        read(question < 0 ? rest : rest.substring(0, question), ';', PATH_ATTRIBUTES, attributes);
        if (question >= 0) {
            read(rest.substring(question + 1), '&', QUERY_ATTRIBUTES, attributes);
        }
        for (String name : attributes.keySet()) {
            if (!READ.contains(name)) {
                throw malformed("the attribute " + name + " is not read by this program",
                        "name the key with token, serial, slot-id, object, id and module-path");
            }
        }
        String type = text(attributes, "type");
        if (type != null && !TYPES.contains(type)) {
            throw malformed("type=" + type + " names no signing key", "write type=private, or leave it out");
        }
        return new Pkcs11KeyRef(text, text(attributes, "token"), text(attributes, "manufacturer"), text(attributes, "model"),
                text(attributes, "serial"), slotId(attributes), text(attributes, "object"), attributes.get("id"), type,
                text(attributes, "module-path"), pinSource(text(attributes, "pin-source")));
    }

    private static void read(String part, char separator, Set<String> known, Map<String, Bytes> into) throws KeyRefException {
        int start = 0;
        while (start < part.length()) {
            int end = part.indexOf(separator, start);
            end = end < 0 ? part.length() : end;
            int equals = part.indexOf('=', start);
            if (equals < 0 || equals > end) {
                throw malformed("an attribute has no value (it lacks '=')", "write name=value");
            }
            String name = part.substring(start, equals);
            if (name.equals("pin-value")) {
                throw new KeyRefException(new Problem(ErrorCode.PIN_IN_URI, "the key URI was refused",
                        "it holds a PIN (pin-value): URIs end up in shell histories, process lists and logs",
                        "change that PIN, then use pin-source=FILE, CHANCERY_PIN or the prompt"));
            }
            if (!known.contains(name)) {
                throw malformed("there is no attribute " + name + " here", "see RFC 7512 §2.3 for the names, and mind ';' before and '&' after '?'");
            }
            if (into.put(name, decode(part.substring(equals + 1, end))) != null) {
                throw malformed("the attribute " + name + " stands twice", "name it once");
            }
            start = end + 1;
        }
    }

    /// Percent-decoding (RFC 3986 §2.1). What isn't ASCII is taken as its UTF-8 form, as users paste it.
    private static Bytes decode(String value) throws KeyRefException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); ) {
            char c = value.charAt(i);
            if (c == '%') {
                int high = i + 2 < value.length() ? Character.digit(value.charAt(i + 1), 16) : -1;
                int low = i + 2 < value.length() ? Character.digit(value.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed("a percent sign is not followed by two hexadecimal digits", "write a percent sign itself as %25");
                }
                out.write(high << 4 | low);
                i += 3;
            } else {
                int codePoint = value.codePointAt(i);
                i += Character.charCount(codePoint);
                try {
                    out.writeBytes(Bytes.ofUtf8(Character.toString(codePoint)).toByteArray());
                } catch (IllegalArgumentException e) {
                    throw malformed("a value is not text", "percent-encode bytes that are not UTF-8");
                }
            }
        }
        return Bytes.copyOf(out.toByteArray());
    }

    private static @Nullable String text(Map<String, Bytes> attributes, String name) throws KeyRefException {
        Bytes value = attributes.get(name);
        if (value == null) {
            return null;
        }
        String text = value.utf8().orElseThrow(() -> malformed("the value of " + name + " is not UTF-8", "check its percent-encoding"));
        if (text.indexOf('\0') >= 0) {
            throw malformed("the value of " + name + " holds a zero byte", "check its percent-encoding");
        }
        return text;
    }

    private static @Nullable Long slotId(Map<String, Bytes> attributes) throws KeyRefException {
        String value = text(attributes, "slot-id");
        if (value == null) {
            return null;
        }
        if (!value.isEmpty() && value.length() <= 18 && value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return Long.parseLong(value);
        }
        throw malformed("slot-id is not a decimal number", "see key list for the slots there are");
    }

    private static @Nullable PinSource pinSource(@Nullable String value) throws KeyRefException {
        if (value == null) {
            return null;
        }
        if (value.startsWith("|")) {
            throw new KeyRefException(new Problem(ErrorCode.PIN_FROM_COMMAND, "the key URI was refused",
                    "its pin-source asks for a command to be run (RFC 7512 §2.4 leaves that to the program; this one never does)",
                    "put the PIN into a file that only you can read, or set CHANCERY_PIN; if the URI came from elsewhere, change the PIN"));
        }
        String path = value;
        if (value.startsWith("file:")) {
            path = value.substring("file:".length());
            path = path.startsWith("//") ? path.substring(2) : path;
        }
        if (path.isEmpty()) {
            throw malformed("pin-source names no file", "write pin-source=/path/of/file");
        }
        return new PinSource(path);
    }

    private static KeyRefException malformed(String why, String remedy) {
        return new KeyRefException(new Problem(ErrorCode.KEY_URI_MALFORMED, "the pkcs11: URI cannot be read", why, remedy));
    }
}
