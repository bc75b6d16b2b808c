package dev.chancery.adapters.pkcs11;

import java.time.Duration;

/// Until when a caller waits, over all the steps that its call takes.
///
/// @param end by System.nanoTime()
/// @param whole what the caller allowed
record Deadline(long end, Duration whole) {
    static Deadline in(Duration whole) {
        return new Deadline(System.nanoTime() + whole.toNanos(), whole);
    }

    /// What is left, in nanoseconds; zero when it has passed.
    long left() {
        return Math.max(0, end - System.nanoTime());
    }

    /// The same time again, for after a person was asked: that isn't held against the token.
    Deadline anew() {
        return in(whole);
    }

    /// How it is shown.
    String text() {
        return whole.toMillis() % 1000 == 0 ? whole.toSeconds() + " s" : whole.toMillis() + " ms";
    }
}
