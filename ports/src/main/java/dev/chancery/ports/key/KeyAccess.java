package dev.chancery.ports.key;

import java.time.Duration;

/// How a back end may go about opening a key.
///
/// @param pinEntry whom to ask for a PIN
/// @param deadline how long one operation of the token or service may take
/// @param finalTryConfirmed whether the user has said to use a PIN although the token has flagged that one more wrong try locks it
/// @param limitedUse whether each use of the key counts: then nothing it was asked for is asked again within a call, even where a device says
///     that nothing was done yet
public record KeyAccess(PinEntry pinEntry, Duration deadline, boolean finalTryConfirmed, boolean limitedUse) {
    /// The time limit where the user names none.
    public static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);

    /// To a key that may be used as often as one likes.
    public KeyAccess(PinEntry pinEntry, Duration deadline, boolean finalTryConfirmed) {
        this(pinEntry, deadline, finalTryConfirmed, false);
    }

    /// @throws IllegalArgumentException when the deadline isn't positive
    public KeyAccess {
        if (deadline.isNegative() || deadline.isZero()) {
            throw new IllegalArgumentException("a deadline is positive");
        }
    }
}
