package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/// The threads on which one token's calls are made, so that a caller can give up a call that hangs. Such a call keeps its thread until it
/// returns; another takes its place, so that the others go on. Threads are daemons and end when idle.
final class Lanes {
    /// So many threads that hang are replaced; with more, the token is taken for dead until some come back.
    private static final int MAX_REPLACED = 32;

    private final ThreadPoolExecutor threads;
    private final int count;
    private int stuck;

    Lanes(int count) {
        this.count = count;
        this.threads = new ThreadPoolExecutor(count, count, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
                Thread.ofPlatform().daemon().name("chancery-pkcs11-", 0).factory());
        threads.allowCoreThreadTimeOut(true);
    }

    /// Native work.
    @FunctionalInterface
    interface Work<T> {
        T run() throws CkException, KeyException;
    }

    /// Whether calls that were given up haven't come back.
    synchronized boolean isStuck() {
        return stuck > 0;
    }

    /// Runs work and waits for it, at most the deadline.
    ///
    /// @throws CkException and [KeyException] as the work does
    /// @throws KeyException.DeadlineExceeded when the time is over; the work is given up, or never begins
    <T> T run(String place, Deadline deadline, Work<T> work) throws CkException, KeyException {
        AtomicBoolean begun = new AtomicBoolean();
        AtomicBoolean settled = new AtomicBoolean();
        Future<T> future = threads.submit(() -> {
            begun.set(true);
            try {
                return work.run();
            } finally {
                if (settled.getAndSet(true)) {
                    changeStuck(-1);
                }
            }
        });
        try {
            return future.get(deadline.left(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw giveUp(future, begun, settled, late(place, deadline, begun.get()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw giveUp(future, begun, settled, late(place, deadline, begun.get()), e);
        } catch (ExecutionException e) {
            switch (java.util.Objects.requireNonNull(e.getCause())) {
                case CkException ck -> throw ck;
                case KeyException key -> throw key;
                case RuntimeException bug -> throw bug;
                case Error error -> throw error;
                default -> throw new IllegalStateException("a native call could not be made", e);
            }
        }
    }

    private KeyException.DeadlineExceeded giveUp(Future<?> future, AtomicBoolean begun, AtomicBoolean settled, Problem problem, Exception cause) {
        future.cancel(true); // keeps it from beginning; a native call can't be interrupted, one in a helper process can be given up
        if (begun.get() && !settled.getAndSet(true)) {
            changeStuck(1);
        }
        return new KeyException.DeadlineExceeded(problem, cause);
    }

    private synchronized void changeStuck(int by) {
        stuck += by;
        int wanted = count + Math.min(stuck, MAX_REPLACED);
        if (wanted > threads.getMaximumPoolSize()) {
            threads.setMaximumPoolSize(wanted);
            threads.setCorePoolSize(wanted);
        } else {
            threads.setCorePoolSize(wanted);
            threads.setMaximumPoolSize(wanted);
        }
    }

    private Problem late(String place, Deadline deadline, boolean begun) {
        String why = begun
                ? "the token did not answer within " + deadline.text() + "; whether it has signed is not known"
                : "all " + count + " calls that the token may get at the same time were busy for " + deadline.text() + "; it was not asked";
        return new Problem(ErrorCode.KEY_DEADLINE, "no signature was handed out by " + place, why,
                "check the token or its network, or allow more with --deadline");
    }
}
