package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.formats.FormatException;

/// A bare signature in base64: cosign's `.sig`.
public final class DetachedSignature {
    private DetachedSignature() {}

    /// Reads one, with or without white space around it.
    ///
    /// @throws FormatException when it isn't canonical base64
    public static Bytes read(Bytes text) throws FormatException {
        try {
            return Bytes.fromBase64(text.utf8().orElse("\0").strip());
        } catch (IllegalArgumentException e) {
            throw new FormatException(ErrorCode.BASE64_MALFORMED, "a detached signature is one line of base64");
        }
    }

    /// The file's content.
    public static Bytes write(Bytes signature) {
        return Bytes.ofUtf8(signature.toBase64());
    }
}
