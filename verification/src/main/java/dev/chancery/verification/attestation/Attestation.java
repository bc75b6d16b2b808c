package dev.chancery.verification.attestation;

import dev.chancery.domain.key.PublicKey;

/// A registration that was verified. Only [AttestationVerifier] makes one.
public final class Attestation {
    private final Kind kind;
    private final String format;
    private final String aaguid;
    private final PublicKey key;
    private final boolean anchored;

    Attestation(Kind kind, String format, String aaguid, PublicKey key, boolean anchored) {
        this.kind = kind;
        this.format = format;
        this.aaguid = aaguid;
        this.key = key;
        this.anchored = anchored;
    }

    /// What an attestation proves (WebAuthn L3 §6.5.3).
    public enum Kind {
        /// By a key that the maker put there: with a path to the maker's root, which model it is.
        BASIC,
        /// By the credential's own key: that it was there, and nothing of the model.
        SELF,
        /// Nothing.
        NONE,
        /// It is of a format that is kept and not verified here: nothing.
        NOT_VERIFIED
    }

    /// What it proves.
    public Kind kind() {
        return kind;
    }

    /// The format, such as `packed`; text from outside.
    public String format() {
        return format;
    }

    /// The model, a UUID: proven by [Kind#BASIC] with a path to a root, otherwise the security key's word.
    public String aaguid() {
        return aaguid;
    }

    /// The credential's public key.
    public PublicKey key() {
        return key;
    }

    /// Whether it leads to one of the roots that were given.
    public boolean isAnchored() {
        return anchored;
    }
}
