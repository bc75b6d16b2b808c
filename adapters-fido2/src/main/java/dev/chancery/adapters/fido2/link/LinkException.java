package dev.chancery.adapters.fido2.link;

import org.jspecify.annotations.Nullable;

/// A message did not get to a security key, or no answer came back.
public final class LinkException extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    private LinkException(Kind kind, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /// What is the matter.
    public enum Kind {
        /// It is no security key, or not one for CTAP2.
        NOT_ONE,
        /// It was removed, or its reader was.
        GONE,
        /// No answer came in time.
        SLOW,
        /// What came isn't as the transport's rules have it.
        BROKEN
    }

    static LinkException notOne(String message) {
        return new LinkException(Kind.NOT_ONE, message, null);
    }

    static LinkException gone(String message, @Nullable Throwable cause) {
        return new LinkException(Kind.GONE, message, cause);
    }

    static LinkException slow(String message) {
        return new LinkException(Kind.SLOW, message, null);
    }

    static LinkException broken(String message) {
        return new LinkException(Kind.BROKEN, message, null);
    }

    /// What is the matter.
    public Kind kind() {
        return kind;
    }
}
