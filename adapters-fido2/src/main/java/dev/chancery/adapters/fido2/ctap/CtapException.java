package dev.chancery.adapters.fido2.ctap;

import dev.chancery.adapters.fido2.link.LinkException;
import dev.chancery.formats.cbor.CborException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A security key refused a command, answered nonsense, or did not answer.
public final class CtapException extends Exception {
    private static final long serialVersionUID = 1;

    private final @Nullable CtapStatus status;
    private final LinkException.@Nullable Kind link;

    private CtapException(String message, @Nullable CtapStatus status, LinkException.@Nullable Kind link, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.link = link;
    }

    static CtapException refused(int code) {
        Optional<CtapStatus> known = CtapStatus.of(code);
        String hex = "0x" + (code < 0x10 ? "0" : "") + Integer.toHexString(code);
        return new CtapException(known.map(status -> "CTAP2_ERR_" + status + " (" + hex + ")").orElse("CTAP2 status " + hex), known.orElse(null), null, null);
    }

    static CtapException of(LinkException e) {
        return new CtapException(String.valueOf(e.getMessage()), null, e.kind(), e);
    }

    /// An answer that makes no sense.
    public static CtapException of(CborException e) {
        return new CtapException(String.valueOf(e.getMessage()), null, LinkException.Kind.BROKEN, e);
    }

    /// An answer that makes no sense.
    public static CtapException unsound(String message) {
        return new CtapException(message, null, LinkException.Kind.BROKEN, null);
    }

    /// What it refused with, where that is one that is told apart.
    public Optional<CtapStatus> status() {
        return Optional.ofNullable(status);
    }

    /// Whether it refused with this.
    public boolean is(CtapStatus expected) {
        return status == expected;
    }

    /// What is the matter with the way to it, where it is that.
    public Optional<LinkException.Kind> link() {
        return Optional.ofNullable(link);
    }
}
