package dev.chancery.application;

import java.time.Clock;
import java.time.Instant;

/// Who is at work, and what time it is: the same in every record of one run.
///
/// @param clock the program's clock
/// @param actor the operating system's name for whoever runs it; a claim
public record AuditContext(Clock clock, String actor) {
    /// The time to write down.
    public Instant now() {
        return clock.instant();
    }
}
