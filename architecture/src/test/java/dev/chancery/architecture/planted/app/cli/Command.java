package dev.chancery.architecture.planted.app.cli;

import java.time.Instant;

/// Breaks no rule: apps read the clock.
public interface Command {
    static Instant time() {
        return Instant.now();
    }
}
