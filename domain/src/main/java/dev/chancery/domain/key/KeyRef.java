package dev.chancery.domain.key;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.text.SafeText;
import java.util.Locale;

/// The name of a key: one URI or path for every back end, in cosign's spelling where cosign has one.
public sealed interface KeyRef permits Pkcs11KeyRef, AwsKmsKeyRef, GcpKmsKeyRef, AzureKmsKeyRef, HashiVaultKeyRef,
        KeyRef.KeyFile, KeyRef.EnvironmentKey, KeyRef.Other {
    /// The reference as the user wrote it, safe to show: it can't hold a PIN, because such a URI is refused.
    String text();

    /// A key file.
    ///
    /// @param path as given; relative to the working directory
    record KeyFile(String path) implements KeyRef {
        @Override
        public String text() {
            return path;
        }
    }

    /// A key whose PEM text is the value of an environment variable (`env://NAME`).
    record EnvironmentKey(String variable) implements KeyRef {
        /// @throws IllegalArgumentException when the name is empty or holds `=`
        public EnvironmentKey {
            if (variable.isEmpty() || variable.indexOf('=') >= 0) {
                throw new IllegalArgumentException("not the name of an environment variable");
            }
        }

        @Override
        public String text() {
            return "env://" + variable;
        }
    }

    /// A key of any other back end, which reads the rest of the URI itself.
    ///
    /// @param scheme in lower case, without the colon
    /// @param text the whole URI
    record Other(String scheme, String text) implements KeyRef {}

    /// Reads a reference. What has no scheme is a path; a single letter before a colon is a drive.
    ///
    /// @throws KeyRefException when it is malformed, or holds a PIN or a command
    static KeyRef parse(String text) throws KeyRefException {
        if (text.isEmpty()) {
            throw new KeyRefException(new Problem(ErrorCode.KEY_URI_MALFORMED, "the key reference is empty",
                    "an empty text names no key", "give a path or a URI, such as pkcs11:token=…;object=…"));
        }
        int colon = text.indexOf(':');
        if (colon < 2 || !isScheme(text.substring(0, colon))) {
            return new KeyFile(text);
        }
        String scheme = text.substring(0, colon).toLowerCase(Locale.ROOT);
        String rest = text.substring(colon + 1);
        return switch (scheme) {
            case "pkcs11" -> Pkcs11Uri.parse(text, rest);
            case "awskms" -> ServiceKeyUris.aws(text, rest);
            case "gcpkms" -> ServiceKeyUris.google(text, rest);
            case "azurekms" -> ServiceKeyUris.azure(text, rest);
            case "hashivault", "openbao" -> ServiceKeyUris.vault(text, rest);
            case "env" -> {
                String name = rest.startsWith("//") ? rest.substring(2) : rest;
                if (name.isEmpty() || name.indexOf('=') >= 0) {
                    throw new KeyRefException(new Problem(ErrorCode.KEY_URI_MALFORMED,
                            "no environment variable is named in " + SafeText.oneLine(text),
                            "env:// is followed by the variable's name", "write env://NAME"));
                }
                yield new EnvironmentKey(name);
            }
            case "file" -> new KeyFile(rest.startsWith("//") ? rest.substring(2) : rest);
            default -> new Other(scheme, text);
        };
    }

    private static boolean isScheme(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            boolean later = i > 0 && (c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.');
            if (!letter && !later) {
                return false;
            }
        }
        return true;
    }
}
