package dev.chancery.adapters.kms.service;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Asks a service no more often than it is meant to be asked, gives each request its time limit, and repeats what was refused only
/// because there was too much.
///
/// Nothing else is repeated: after a lost answer or a time-out the key may have signed. Thread-safe; one for each service and process.
///
/// - *At once*: a request waits for one of [CallLimits#concurrent()] places.
/// - *Rate*: requests begin at least 1/[CallLimits#perSecond()] s apart.
/// - *Refusals*: the pause is drawn evenly from zero to a bound that doubles from [CallLimits#firstPause()] to
///   [CallLimits#longestPause()] ("full jitter", AWS Architecture Blog, *Exponential Backoff And Jitter*), at least what the service
///   asks for, and never beyond the time limit: a pause that would be is not begun.
public final class CallBudget {
    private final CallLimits limits;
    private final Waiting waiting;
    private final RandomGenerator random;
    private final Semaphore places;
    private final Object pacing = new Object();
    private long nextStart;
    private boolean started;
    private final LongAdder requests = new LongAdder();
    private final LongAdder refusals = new LongAdder();
    private final LongAdder waitedNanos = new LongAdder();

    /// @param random draws the pauses
    public CallBudget(CallLimits limits, Waiting waiting, RandomGenerator random) {
        this.limits = limits;
        this.waiting = waiting;
        this.random = random;
        this.places = new Semaphore(limits.concurrent(), true);
    }

    /// Makes a request and waits for its answer.
    ///
    /// @param timeLimit for everything: places, pauses and attempts
    /// @throws ServiceFailure as the request's, or THROTTLED or TIMED_OUT when time was up
    public <T> T call(Duration timeLimit, Request<T> request) throws ServiceFailure {
        long end = waiting.nanos() + timeLimit.toNanos();
        long bound = limits.firstPause().toNanos();
        while (true) {
            pace(end);
            takePlace(end);
            try {
                return attempt(end, request);
            } catch (ServiceFailure e) {
                if (e.fault() != Fault.THROTTLED) {
                    throw e;
                }
                refusals.increment();
                long pause = Math.max(random.nextLong(bound + 1), e.retryAfter().map(Duration::toNanos).orElse(0L));
                if (pause >= end - waiting.nanos()) {
                    throw e;
                }
                pause(pause);
                bound = Math.min(bound * 2, limits.longestPause().toNanos());
            }
        }
    }

    /// For an undertaking of several requests.
    ///
    /// @param timeLimit for all of them together
    public Steps steps(Duration timeLimit) {
        return new Steps(this, waiting, timeLimit);
    }

    /// What was asked so far.
    public Counts counts() {
        return new Counts(requests.sum(), refusals.sum(), Duration.ofNanos(waitedNanos.sum()));
    }

    private void takePlace(long end) throws ServiceFailure {
        try {
            if (!places.tryAcquire(Math.max(0, end - waiting.nanos()), TimeUnit.NANOSECONDS)) {
                throw ServiceFailure.of(Fault.THROTTLED, limits.concurrent() + " requests are under way, and none ended in time", null);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /// The attempt runs on a thread of its own, so that a client library that doesn't keep its time limits can't break ours. Its
    /// place is free again only when it has ended, so that abandoned requests count as what they are: under way.
    private <T> T attempt(long end, Request<T> request) throws ServiceFailure {
        requests.increment();
        Attempt<T> attempt = new Attempt<>(request, Duration.ofNanos(Math.max(1, end - waiting.nanos())));
        Thread thread = Thread.ofVirtual().name("key-service-request").start(() -> {
            try {
                attempt.run();
            } finally {
                places.release();
            }
        });
        try {
            if (!thread.join(attempt.timeLimit)) {
                thread.interrupt();
                throw ServiceFailure.of(Fault.TIMED_OUT,
                        "there was no answer within the time limit; whether the key has signed is not known", null);
            }
            return attempt.result();
        } catch (InterruptedException e) {
            thread.interrupt();
            throw interrupted(e);
        }
    }

    private void pace(long end) throws ServiceFailure {
        if (limits.perSecond() == 0) {
            return;
        }
        long now = waiting.nanos();
        long start;
        synchronized (pacing) {
            start = started && nextStart - now > 0 ? nextStart : now;
            if (start - end >= 0) {
                throw ServiceFailure.of(Fault.THROTTLED, "the stated rate of " + limits.perSecond() + " requests a second leaves no room in time", null);
            }
            nextStart = start + TimeUnit.SECONDS.toNanos(1) / limits.perSecond();
            started = true;
        }
        pause(start - now);
    }

    private void pause(long nanos) throws ServiceFailure {
        if (nanos <= 0) {
            return;
        }
        waitedNanos.add(nanos);
        try {
            waiting.pause(Duration.ofNanos(nanos));
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static ServiceFailure interrupted(InterruptedException cause) {
        Thread.currentThread().interrupt();
        return ServiceFailure.of(Fault.TIMED_OUT, "the program was told to stop waiting; whether the key has signed is not known", cause);
    }

    /// One request, made again when it was refused.
    @FunctionalInterface
    public interface Request<T> {
        /// Makes it.
        ///
        /// @param timeLimit what is left of the time; the answer isn't waited for longer
        T make(Duration timeLimit) throws ServiceFailure;
    }

    /// Requests so far.
    ///
    /// @param requests all that were sent, repeated ones too
    /// @param refused those the service did not take because there were too many
    /// @param waited how long requests were held back, added up
    public record Counts(long requests, long refused, Duration waited) {}

    /// A request's outcome, handed over by the end of its thread.
    private static final class Attempt<T> {
        private final Request<T> request;
        private final Duration timeLimit;
        private @Nullable T answer;
        private @Nullable Throwable failure;

        Attempt(Request<T> request, Duration timeLimit) {
            this.request = request;
            this.timeLimit = timeLimit;
        }

        void run() {
            try {
                answer = request.make(timeLimit);
            } catch (ServiceFailure | RuntimeException | Error e) {
                failure = e;
            }
        }

        T result() throws ServiceFailure {
            return switch (failure) {
                case ServiceFailure e -> throw e;
                case RuntimeException e -> throw e;
                case Error e -> throw e;
                case null, default -> Objects.requireNonNull(answer);
            };
        }
    }
}
