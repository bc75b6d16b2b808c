package dev.chancery.formats.cbor;

/// Bytes that aren't CBOR as CTAP2 has it, or don't say what was expected.
public final class CborException extends Exception {
    private static final long serialVersionUID = 1;

    /// @param message what was expected and what was found
    public CborException(String message) {
        super(message);
    }
}
