package dev.chancery.adapters.fulcio.http;

import java.time.Duration;

/// How the time between two tries is spent.
@FunctionalInterface
public interface Pause {
    /// Waits. Blocks.
    ///
    /// @throws InterruptedException when the thread is interrupted
    void wait(Duration time) throws InterruptedException;

    /// By sleeping.
    Pause SLEEP = Thread::sleep;
}
