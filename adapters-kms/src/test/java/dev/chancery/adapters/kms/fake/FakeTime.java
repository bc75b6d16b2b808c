package dev.chancery.adapters.kms.fake;

import dev.chancery.adapters.kms.service.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Time that passes only by pauses, which take no time.
public final class FakeTime implements Waiting {
    private final List<Duration> pauses = new ArrayList<>();
    private long nanos;

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized void pause(Duration duration) {
        nanos += duration.toNanos();
        pauses.add(duration);
    }

    /// The pauses so far, in their order.
    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
