package dev.chancery.domain.secret;

import java.util.Arrays;

/// A PIN or passphrase. Whoever makes it closes it; closing overwrites it. Not thread-safe.
public final class Pin implements AutoCloseable {
    private final char[] value;
    private boolean closed;

    private Pin(char[] value) {
        this.value = value;
    }

    /// Copies the characters; the caller overwrites its own array.
    public static Pin copyOf(char[] characters) {
        return new Pin(characters.clone());
    }

    /// A copy of the characters, which the caller overwrites after use.
    ///
    /// @throws IllegalStateException after [#close()]
    public char[] characters(SecretAccess access) {
        java.util.Objects.requireNonNull(access);
        if (closed) {
            throw new IllegalStateException("the PIN was closed");
        }
        return value.clone();
    }

    /// Another PIN with the same characters, to be closed by its own maker.
    public Pin copy() {
        return copyOf(characters(SecretAccess.grantedForUse()));
    }

    /// Whether it has no characters.
    public boolean isEmpty() {
        return value.length == 0;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(value, '\0');
    }

    /// Says nothing of the value, not even its length.
    @Override
    public String toString() {
        return "Pin";
    }
}
