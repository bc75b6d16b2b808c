package dev.chancery.ports.key;

import java.time.Duration;

/// Whoever tells a person to touch a security key.
@FunctionalInterface
public interface TouchPrompt {
    /// Says that a security key waits for a touch. Returns at once.
    ///
    /// @param place which one; text from outside
    /// @param limit how long the program waits; the security key itself may give up sooner
    void touch(String place, Duration limit);
}
