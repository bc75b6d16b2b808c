package dev.chancery.adapters.oci.http;

import java.time.Duration;

/// Lets time pass.
@FunctionalInterface
public interface Pause {
    /// Blocks for a while.
    ///
    /// @throws InterruptedException when the thread is interrupted
    void pause(Duration duration) throws InterruptedException;
}
