package dev.chancery.adapters.keys.jca;

import java.security.ProviderException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Calls into providers, which may hang in native code that no interrupt reaches: each runs on a thread that can be given up.
/// Thread-safe.
final class ProviderCalls {
    /// How many calls may be under way at once, those that hang included.
    private static final int MAX_CALLS = 64;

    private final ExecutorService threads = new ThreadPoolExecutor(0, MAX_CALLS, 10, TimeUnit.SECONDS, new SynchronousQueue<>(),
            Thread.ofPlatform().daemon().name("jca-", 0).factory());

    /// Makes a call and waits for it. A call that is given up goes on.
    ///
    /// @throws TimeoutException when it doesn't end in time
    /// @throws ExecutionException when it fails, with what it threw as the cause
    /// @throws InterruptedException when the caller is interrupted
    <T> T call(Duration deadline, Callable<T> call) throws TimeoutException, ExecutionException, InterruptedException {
        Future<T> running;
        try {
            running = threads.submit(call);
        } catch (RejectedExecutionException e) {
            throw new ExecutionException(new ProviderException(MAX_CALLS + " calls are under way already, and do not end", e));
        }
        return running.get(deadline.toNanos(), TimeUnit.NANOSECONDS);
    }
}
