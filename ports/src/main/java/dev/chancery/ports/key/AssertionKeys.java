package dev.chancery.ports.key;

import dev.chancery.domain.key.KeyRef;

/// Where credentials on security keys are found. Thread-safe.
public interface AssertionKeys {
    /// Whether a reference means such a credential. Doesn't block and looks only at the reference.
    boolean accepts(KeyRef ref);

    /// Finds the one connected security key that has the credential which a reference names. Blocks; asks for a PIN at most once, only when the right
    /// security key is there, and tries it at most once.
    ///
    /// @param access its deadline is the time for a touch
    /// @return a key that the caller closes
    /// @throws KeyException when none is connected, none has it, or more than one does
    AssertionKey open(KeyRef ref, KeyAccess access) throws KeyException;
}
