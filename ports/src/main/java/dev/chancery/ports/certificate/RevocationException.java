package dev.chancery.ports.certificate;

import dev.chancery.domain.text.SafeText;
import org.jspecify.annotations.Nullable;

/// A revocation list or an OCSP response that says nothing about a certificate.
public final class RevocationException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /// @param why one line: what was expected and what was found
    public RevocationException(Reason reason, String why, @Nullable Throwable cause) {
        super(SafeText.oneLine(why), cause);
        this.reason = reason;
    }

    /// What kind of fault it is.
    public Reason reason() {
        return reason;
    }

    /// One line: what was expected and what was found.
    public String why() {
        return String.valueOf(getMessage());
    }

    /// The kinds of faults.
    public enum Reason {
        /// It is not DER, or not of the form that its standard gives.
        MALFORMED,
        /// It uses something that is not understood here: a delta, an indirect list, an unknown critical extension, another algorithm.
        UNSUPPORTED,
        /// It is about other certificates.
        NOT_ABOUT,
        /// It is by somebody who may not say it.
        UNTRUSTED,
        /// Its signature does not verify.
        SIGNATURE
    }
}
