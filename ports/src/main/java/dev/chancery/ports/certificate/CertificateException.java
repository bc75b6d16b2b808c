package dev.chancery.ports.certificate;

import dev.chancery.domain.text.SafeText;
import org.jspecify.annotations.Nullable;

/// A certificate, path, promise or timestamp that can't be read or isn't what it has to be. It carries no error code: the same fault
/// weighs differently in a signer's certificate and in a timestamp, and the engine knows which it asked about.
public final class CertificateException extends Exception {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /// @param why one line: what was expected and what was found
    public CertificateException(Reason reason, String why, @Nullable Throwable cause) {
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

    /// The kinds of faults, the weightiest last: when several paths fail, the one that came furthest tells why.
    public enum Reason {
        /// It is not DER, or not of the form that its standard gives.
        MALFORMED,
        /// It uses an algorithm that is not verified here.
        UNSUPPORTED,
        /// No certificate of the authority has issued it.
        NO_PATH,
        /// A certificate's signature, or the timestamp's, does not verify.
        SIGNATURE,
        /// A certificate was not valid at the time.
        VALIDITY,
        /// A certificate that issued another is no authority, or the path is longer than it allows.
        NOT_AN_AUTHORITY,
        /// A name lies outside what an authority may issue for (RFC 5280 §4.2.1.10).
        NAME,
        /// A critical extension that is not understood.
        EXTENSION,
        /// The certificate is not for this use (key usage, extended key usage).
        USE
    }
}
