package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import java.nio.file.Path;
import java.util.Locale;

/// Writes the URI that names exactly one key (RFC 7512 §2.3), without a PIN source.
final class TokenUri {
    private TokenUri() {}

    /// @param label CKA_LABEL; left out when it is empty
    /// @param id CKA_ID; left out when it is empty
    static String of(TokenModule module, TokenInfo token, String label, Bytes id) {
        StringBuilder uri = new StringBuilder("pkcs11:token=").append(encoded(Bytes.ofUtf8(token.label())));
        if (token.serial().isEmpty()) {
            uri.append(";slot-id=").append(token.slot());
        } else {
            uri.append(";serial=").append(encoded(Bytes.ofUtf8(token.serial())));
        }
        if (!label.isEmpty()) {
            uri.append(";object=").append(encoded(Bytes.ofUtf8(label)));
        }
        if (id.size() > 0) {
            uri.append(";id=");
            for (int i = 0; i < id.size(); i++) { // RFC 7512 §2.3: id should be percent-encoded as a whole
                uri.append(String.format(Locale.ROOT, "%%%02X", id.at(i)));
            }
        }
        return uri.append(";type=private?module-path=").append(encoded(pathText(module.path()))).toString();
    }

    private static Bytes pathText(Path path) {
        return Bytes.ofUtf8(path.toString());
    }

    private static String encoded(Bytes text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.size(); i++) {
            char c = (char) text.at(i);
            if (c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-._~/".indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append(String.format(Locale.ROOT, "%%%02X", (int) c));
            }
        }
        return out.toString();
    }
}
