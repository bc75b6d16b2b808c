package dev.chancery.application.batch;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
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

    /// The most items of a group, so that each thread has one to go on with.
    public static final int LARGEST_GROUP = WINDOW_PER_THREAD / 2;

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
        run(items, 1, work, group -> results.accept(group.getFirst()));
    }

    /// The same in groups, each of which one thread works on: for items that take less time than handing one over to another thread does.
    ///
    /// @param group how many items are in a group; the last may have fewer
    /// @param results gets what came of a group, in the items' order
    /// @throws IllegalArgumentException when the group is less than 1 or more than [#LARGEST_GROUP]
    /// @throws InterruptedException when the calling thread is interrupted; groups that have begun are finished first
    public <I, R> void run(Iterator<I> items, int group, Function<I, R> work, Consumer<List<R>> results) throws InterruptedException {
        if (group < 1 || group > LARGEST_GROUP) {
            throw new IllegalArgumentException("a group has 1 to " + LARGEST_GROUP + " items");
        }
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            ArrayDeque<Future<List<R>>> window = new ArrayDeque<>();
            while (items.hasNext()) {
                List<I> taken = take(items, group);
                window.add(executor.submit(() -> all(taken, work)));
                if (window.size() >= threads * WINDOW_PER_THREAD / group || window.getFirst().isDone()) {
                    results.accept(result(window.removeFirst()));
                }
            }
            while (!window.isEmpty()) {
                results.accept(result(window.removeFirst()));
            }
        }
    }

    private static <I> List<I> take(Iterator<I> items, int group) {
        List<I> taken = new ArrayList<>(group);
        while (taken.size() < group && items.hasNext()) {
            taken.add(items.next());
        }
        return taken;
    }

    private static <I, R> List<R> all(List<I> items, Function<I, R> work) {
        List<R> results = new ArrayList<>(items.size());
        for (I item : items) {
            results.add(work.apply(item));
        }
        return results;
    }

    private static <R> R result(Future<R> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an item's work failed without saying so", e.getCause());
        }
    }
}
