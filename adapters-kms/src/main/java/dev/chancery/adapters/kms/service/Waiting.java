package dev.chancery.adapters.kms.service;

import java.time.Duration;

/// Time as waiting needs it: a clock that never jumps, and pauses. A test has its own.
public interface Waiting {
    /// Nanoseconds since some fixed moment.
    long nanos();

    /// Blocks for so long.
    ///
    /// @throws InterruptedException when the thread is to stop waiting
    void pause(Duration duration) throws InterruptedException;

    /// The machine's time.
    static Waiting real() {
        return new Waiting() {
            @Override
            public long nanos() {
                return System.nanoTime();
            }

            @Override
            public void pause(Duration duration) throws InterruptedException {
                Thread.sleep(duration);
            }
        };
    }
}
