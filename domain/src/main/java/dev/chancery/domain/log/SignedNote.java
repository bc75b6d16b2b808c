package dev.chancery.domain.log;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// A text with signatures over it (C2SP signed-note v1.0.0). None is verified by being here.
///
/// @param text what is signed, its UTF-8 bytes with the last line break; without control characters but line breaks
/// @param signatures in the order of the note, 1 to [#MAX_SIGNATURES]
public record SignedNote(String text, List<NoteSignature> signatures) {
    /// The most signatures of a note that is read.
    public static final int MAX_SIGNATURES = 100;

    /// @throws IllegalArgumentException when the text doesn't end with a line break, or there are no signatures or too many
    public SignedNote {
        signatures = List.copyOf(signatures);
        if (!text.endsWith("\n") || signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
            throw new IllegalArgumentException("a note has a text that ends with a line break, and 1 to " + MAX_SIGNATURES + " signatures");
        }
    }

    /// The bytes that the signatures are over.
    public Bytes signedBytes() {
        return Bytes.ofUtf8(text);
    }

    /// One line of signature.
    ///
    /// @param keyName who signs, as a name without spaces or plus signs; says nothing until it is verified
    /// @param keyId the first [#KEY_ID_LENGTH] bytes of a hash over key name and key
    /// @param signature what follows, in the shape that the key's algorithm gives it; not empty
    public record NoteSignature(String keyName, Bytes keyId, Bytes signature) {
        /// The length of a key id, in bytes.
        public static final int KEY_ID_LENGTH = 4;

        /// @throws IllegalArgumentException when the key id has another length, or there is no name or no signature
        public NoteSignature {
            if (keyId.size() != KEY_ID_LENGTH || keyName.isEmpty() || signature.isEmpty()) {
                throw new IllegalArgumentException("a note's signature has a name, a key id of " + KEY_ID_LENGTH + " bytes and a signature");
            }
        }
    }
}
