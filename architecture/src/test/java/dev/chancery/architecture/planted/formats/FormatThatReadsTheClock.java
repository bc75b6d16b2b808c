package dev.chancery.architecture.planted.formats;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Supplier;

/// In each way there is; the last method is the right one.
final class FormatThatReadsTheClock {
    private FormatThatReadsTheClock() {
    }

    static Instant byCall() {
        return Instant.now();
    }

    static Supplier<Instant> byReference() {
        return Instant::now;
    }

    static LocalDate byDate() {
        return LocalDate.now(ZoneOffset.UTC);
    }

    static long byMilliseconds() {
        return System.currentTimeMillis();
    }

    static Clock byClock() {
        return Clock.systemUTC();
    }

    static Instant fromAClock(Clock clock) {
        return Instant.now(clock);
    }
}
