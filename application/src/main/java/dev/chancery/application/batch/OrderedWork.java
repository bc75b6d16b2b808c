package dev.chancery.application.batch;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/// Works on many items at a time and hands out the results in the items' order. At most a window of items is held, so memory stays flat
/// however many there are.
public final class OrderedWork {
    /// Items held for each thread: enough that a slow one at the front doesn't leave the others idle.
    private static final int WINDOW_PER_THREAD = 32;

    private final int threads;

    /// @param threads platform threads that work at the same time, since keys in tokens are reached by native calls
    /// @throws IllegalArgumentException when it isn't positive
    public OrderedWork(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("at least one thread works");
        }
        this.threads = threads;
    }

    /// Blocks until all items are done. Items are taken and results handed out on the calling thread.
    ///
    /// @param work what is done with an item, on several threads; says failure in its result, since an exception ends everything
    /// @throws InterruptedException when the calling thread is interrupted; items that have begun are finished first
    public <I, R> void run(Iterator<I> items, Function<I, R> work, Consumer<R> results) throws InterruptedException {
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            ArrayDeque<Future<R>> window = new ArrayDeque<>();
            while (items.hasNext()) {
                I item = items.next();
                window.add(executor.submit(() -> work.apply(item)));
                if (window.size() >= threads * WINDOW_PER_THREAD || window.getFirst().isDone()) {
                    results.accept(result(window.removeFirst()));
                }
            }
            while (!window.isEmpty()) {
                results.accept(result(window.removeFirst()));
            }
        }
    }

    private static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an item's work failed without saying so", e.getCause());
        }
    }
}
