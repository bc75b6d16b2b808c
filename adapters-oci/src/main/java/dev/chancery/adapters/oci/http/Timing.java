package dev.chancery.adapters.oci.http;

import java.time.Clock;
import java.time.Duration;

/// What time is to a client of registries.
///
/// @param clock tells when tokens run out, and what date in `Retry-After` is how far away
/// @param pause how it waits
/// @param connect how long a connection may take to come about
/// @param answer how long the head of an answer may take
/// @param stall how long a body may stand still
/// @param tries how long one call is tried again in all
public record Timing(Clock clock, Pause pause, Duration connect, Duration answer, Duration stall, Duration tries) {
    /// With the usual limits.
    public Timing(Clock clock) {
        this(clock, Thread::sleep, Duration.ofSeconds(10), Duration.ofSeconds(60), Duration.ofSeconds(30), Duration.ofSeconds(60));
    }
}
