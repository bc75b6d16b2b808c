package dev.chancery.ports.key;

import dev.chancery.domain.error.Finding;
import dev.chancery.domain.key.KeyRef;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// One kind of place where keys live. The composition root has a list of them; a reference goes to the first that accepts it.
///
/// Implementations are thread-safe and do nothing before they are asked: no library is loaded and no device touched by constructing one.
public interface KeyBackend {
    /// Whether this back end is meant by a reference. Doesn't block and looks only at the reference.
    boolean accepts(KeyRef ref);

    /// Opens the one key that a reference names, logged in where that is needed. Blocks; asks for a PIN at most once and tries a PIN
    /// at most once.
    ///
    /// @return a key that the caller closes
    /// @throws KeyException when there is no such key, more than one, or it can't be used to sign
    SigningKey open(KeyRef ref, KeyAccess access) throws KeyException;

    /// Looks at what lies behind a reference, whether or not it can be used: software, devices, their state. Logs in nowhere, asks for
    /// nothing, changes nothing. Blocks.
    ///
    /// @param deadline how long one operation may take
    /// @param now for devices that have a clock
    /// @return in the order to show it; nothing where the back end has nothing to look at
    /// @throws KeyException when even looking fails
    default List<Finding> examine(KeyRef ref, Duration deadline, Instant now) throws KeyException {
        return List.of();
    }

    /// Looks after the keys of this back end.
    KeyCustodian custodian();
}
