package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A `jca:` reference (see the package).
///
/// @param store the store's name in the configuration
/// @param aliasOrNull one key in it; null for all
/// @param fileOrNull the file of the store `pkcs12`
public record JcaUri(String store, @Nullable String aliasOrNull, @Nullable String fileOrNull) {
    /// The scheme, without the colon.
    public static final String SCHEME = "jca";

    /// The store for PKCS #12 files, which needs no configuration.
    public static final String PKCS12 = "pkcs12";

    private static final int MAX_NAME = 64;
    private static final Set<String> SECRETS = Set.of("pin", "pin-value", "pin-source", "password", "passphrase", "storepass");

    /// Whether a reference is of this kind.
    public static boolean isMeantBy(KeyRef ref) {
        return ref instanceof KeyRef.Other other && other.scheme().equals(SCHEME);
    }

    /// Reads a reference.
    ///
    /// @throws KeyException when it is malformed, or names what only the configuration may
    public static JcaUri parse(String text) throws KeyException {
        String[] parts = text.substring(text.indexOf(':') + 1).split(";", -1);
        if (!isName(parts[0])) {
            throw malformed(text, "a store's name has 1 to " + MAX_NAME + " letters, digits, dots, hyphens and underscores");
        }
        Map<String, String> attributes = new LinkedHashMap<>();
        for (int i = 1; i < parts.length; i++) {
            int equals = parts[i].indexOf('=');
            String name = equals < 0 ? parts[i] : parts[i].substring(0, equals);
            if (SECRETS.contains(name.toLowerCase(Locale.ROOT))) {
                // The reference itself isn't shown: it holds a secret.
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.PIN_IN_URI, "the jca: key URI was refused",
                        "it has the attribute " + name + ", and what stands in a URI stands in logs and shell histories",
                        "change that PIN, and give it with --passphrase-file, CHANCERY_PIN or at the prompt"), null);
            }
            boolean known = name.equals("alias") || name.equals("file") && parts[0].equals(PKCS12);
            if (equals < 0 || !known) {
                throw malformed(text, "after the store's name it has alias=… only; providers and their settings are named in the configuration");
            }
            String value = decoded(parts[i].substring(equals + 1))
                    .orElseThrow(() -> malformed(text, "the value of " + name + " is not percent-encoded UTF-8, or is empty"));
            if (attributes.put(name, value) != null) {
                throw malformed(text, name + " stands twice");
            }
        }
        return new JcaUri(parts[0], attributes.get("alias"), attributes.get("file"));
    }

    /// The reference as text.
    public String text() {
        return SCHEME + ":" + store
                + (fileOrNull == null ? "" : ";file=" + encoded(fileOrNull))
                + (aliasOrNull == null ? "" : ";alias=" + encoded(aliasOrNull));
    }

    /// The same store, and one key of it.
    public JcaUri withAlias(String alias) {
        return new JcaUri(store, alias, fileOrNull);
    }

    private static boolean isName(String name) {
        return !name.isEmpty() && name.length() <= MAX_NAME && name.chars().allMatch(JcaUri::isNameCharacter);
    }

    private static boolean isNameCharacter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '.' || c == '-' || c == '_';
    }

    private static Optional<String> decoded(String value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c != '%') {
                out.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < value.length() && HexFormat.isHexDigit(value.charAt(i + 1)) && HexFormat.isHexDigit(value.charAt(i + 2))) {
                out.write(HexFormat.fromHexDigits(value, i + 1, i + 3));
                i += 2;
            } else {
                return Optional.empty();
            }
        }
        return Bytes.copyOf(out.toByteArray()).utf8().filter(text -> !text.isEmpty());
    }

    private static String encoded(String value) {
        StringBuilder out = new StringBuilder(value.length());
        for (byte octet : value.getBytes(StandardCharsets.UTF_8)) {
            int c = octet & 0xff;
            if (isNameCharacter(c) || c == '/' || c == '~') {
                out.append((char) c);
            } else {
                out.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            }
        }
        return out.toString();
    }

    private static KeyException malformed(String text, String why) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_URI_MALFORMED, "the key URI " + text + " cannot be read", why,
                "write jca:STORE;alias=ALIAS, with STORE from the configuration"), null);
    }
}
