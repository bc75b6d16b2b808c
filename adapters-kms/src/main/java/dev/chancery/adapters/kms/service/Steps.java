package dev.chancery.adapters.kms.service;

import java.time.Duration;

/// The requests of one undertaking that takes several, within one time limit.
///
/// Each is repeated by itself when the service did not take it because there were too many, so that nothing an earlier one did is done
/// twice: a throttled alias must not end in a second key.
public final class Steps {
    private final CallBudget budget;
    private final Waiting waiting;
    private final long end;

    Steps(CallBudget budget, Waiting waiting, Duration timeLimit) {
        this.budget = budget;
        this.waiting = waiting;
        this.end = waiting.nanos() + timeLimit.toNanos();
    }

    /// Makes the next request and waits for its answer.
    ///
    /// @throws ServiceFailure as the request's, or THROTTLED or TIMED_OUT when time was up
    public <T> T next(CallBudget.Request<T> request) throws ServiceFailure {
        Duration left = left();
        if (!left.isPositive()) {
            throw ServiceFailure.of(Fault.TIMED_OUT, "time was up before all was done", null)
                    .withRemedy("see chancery key list for what was done, and give it a longer --deadline");
        }
        return budget.call(left, request);
    }

    /// How much time is left.
    public Duration left() {
        return Duration.ofNanos(end - waiting.nanos());
    }
}
