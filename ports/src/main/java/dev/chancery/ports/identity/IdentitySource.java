package dev.chancery.ports.identity;

import java.time.Duration;
import java.util.Optional;

/// Someone who can vouch for whoever runs this program. Thread-safe.
public interface IdentitySource {
    /// A token as it travels (RFC 7515 §3.1), unread and unchecked. Blocks for at most the budget.
    ///
    /// @param audience to whom the token may be shown
    /// @return nothing when this source is not for where the program runs
    /// @throws IdentityException when it is, and gives none
    Optional<String> token(String audience, Duration budget) throws IdentityException;
}
