package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;

/// A bare signature in base64: cosign's `.sig`.
public final class DetachedSignature {
    /// The longest file that is read, in bytes: more than the longest signature (ML-DSA-87, 4 627 bytes) takes in base64.
    public static final int MAX_LENGTH = 16 * 1024;

    private DetachedSignature() {}

    /// Reads one, with or without white space around it.
    ///
    /// @throws FormatException when it is longer than [#MAX_LENGTH], isn't canonical base64 or is empty
    public static Bytes read(Bytes text) throws FormatException {
        if (text.size() > MAX_LENGTH) {
            throw FormatException.tooLarge("", "bytes", text.size(), MAX_LENGTH);
        }
        String base64 = text.utf8().orElseThrow(() -> FormatException.notUtf8("bytes that are no UTF-8")).strip();
        if (base64.isEmpty()) {
            throw FormatException.base64Malformed("", "a signature as one line of base64", "nothing");
        }
        return Base64Text.canonical(base64, "");
    }

    /// The file's content.
    public static Bytes write(Bytes signature) {
        return Bytes.ofUtf8(signature.toBase64());
    }
}
