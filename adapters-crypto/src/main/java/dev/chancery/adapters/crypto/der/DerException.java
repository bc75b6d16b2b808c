package dev.chancery.adapters.crypto.der;

/// Bytes that aren't the DER they had to be.
public final class DerException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message what was expected and what was found
    public DerException(String message) {
        super(message);
    }
}
