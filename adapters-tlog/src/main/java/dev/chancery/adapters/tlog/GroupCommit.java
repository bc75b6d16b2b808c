package dev.chancery.adapters.tlog;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// Lets callers that come at the same time share one write: whoever finds nobody writing writes for all who wait, and those who come
/// meanwhile are the next group. Nobody waits for a group that is written before theirs longer than that write takes.
final class GroupCommit<T> {
    private final Consumer<List<T>> writer;
    private final ConcurrentLinkedQueue<Waiting<T>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    /// @param writer writes a group, one at a time. What came of each is said in the entries themselves, which are seen by who waits for them
    GroupCommit(Consumer<List<T>> writer) {
        this.writer = writer;
    }

    private static final class Waiting<T> {
        final T entry;
        final Thread thread = Thread.currentThread();
        volatile boolean done;

        Waiting(T entry) {
            this.entry = entry;
        }
    }

    /// Blocks until an entry has been in a group that was written. An interrupt is kept for later: what was begun is finished.
    void commit(T entry) {
        Waiting<T> mine = new Waiting<>(entry);
        queue.add(mine);
        boolean interrupted = false;
        while (!mine.done) {
            interrupted |= Thread.interrupted(); // whoever writes does so for others too, and an interrupt would close the file
            if (writing.compareAndSet(false, true)) {
                writeGroup();
            } else {
                LockSupport.park(this);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void writeGroup() {
        List<Waiting<T>> group = new ArrayList<>();
        try {
            for (Waiting<T> waiting = queue.poll(); waiting != null; waiting = queue.poll()) {
                group.add(waiting);
            }
            writer.accept(group.stream().map(waiting -> waiting.entry).toList());
        } finally {
            group.forEach(waiting -> waiting.done = true);
            writing.set(false);
            Waiting<T> next = queue.peek(); // who came meanwhile, and found somebody writing
            if (next != null) {
                LockSupport.unpark(next.thread);
            }
            for (Waiting<T> waiting : group) {
                LockSupport.unpark(waiting.thread);
            }
        }
    }
}
