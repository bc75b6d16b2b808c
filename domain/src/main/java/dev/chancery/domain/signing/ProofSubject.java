package dev.chancery.domain.signing;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.text.SafeText;

/// Whom an identity token is for, as the text that a key signs to show that it is at hand (Fulcio's API v2: the token's `email`, else
/// its `sub`).
///
/// The text comes from whoever issued the token, and the signature is one that a verifier of files would take too. So it may only be what
/// a name is: one short line without anything invisible, and no DSSE encoding.
///
/// @param text of 1 to [#MAX_LENGTH] characters
public record ProofSubject(String text) {
    /// The longest name, in characters; those of CI systems are a few hundred long.
    public static final int MAX_LENGTH = 1024;

    /// @throws IllegalArgumentException when it isn't such a text
    public ProofSubject {
        if (!isSound(text)) {
            throw new IllegalArgumentException("an identity's name is one line of at most " + MAX_LENGTH + " visible characters");
        }
    }

    /// Whether a text can be one.
    public static boolean isSound(String text) {
        return !text.isEmpty() && text.length() <= MAX_LENGTH && !text.startsWith("DSSEv1 ")
                && text.codePoints().noneMatch(SafeText::isInvisible);
    }

    /// What is signed.
    public Bytes content() {
        return Bytes.ofUtf8(text);
    }
}
