package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Notices a clock that can't be right: evidence that holds is from before now.
final class ClockStep {
    /// How far two right clocks may be apart: what a timestamp may be off by at most.
    static final Duration TOLERANCE = TimeStep.MAX_ACCURACY;

    private final Clock clock;

    ClockStep(Clock clock) {
        this.clock = clock;
    }

    void check(List<ProvenTime> times) throws Stop {
        Instant now = clock.instant();
        for (ProvenTime time : times) {
            if (time.time().isAfter(now.plus(TOLERANCE))) {
                throw Stop.unknown(Step.TIME, ErrorCode.CLOCK_BEHIND, "expected a clock that is not before " + time.time() + ", which " + time.source()
                        + " proves; found it at " + now);
            }
        }
    }
}
