package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The threads on which one token's calls are made, so that a caller can give up a call that hangs. Such a call keeps its thread until it
/// returns; another takes its place, so that the others go on. Threads are daemons and end when idle.
///
/// Handing a call over must not cost as much as the call. Software tokens sign in tens of microseconds, in which a thread is hardly put to
/// sleep and woken. So while calls are that quick ([#QUICK]): no more threads are awake than there are processors, each goes on with the
/// next call that waits, and where processors are free caller and thread watch for each other for a moment before they sleep. A slow
/// token, where the time is spent in the device, gets as many calls at a time as it may have.
final class Lanes {
    /// So many threads that hang are replaced; with more, the token is taken for dead until some come back.
    private static final int MAX_REPLACED = 32;

    /// Up to this many nanoseconds a call is usually quick enough to be watched for.
    private static final long QUICK = 200_000;

    /// How long a thread watches for the next call, in nanoseconds.
    private static final long WATCH = 50_000;

    /// How long waking a thread may take, in nanoseconds, that is watched for.
    private static final long WAKING = 50_000;

    /// After so many nanoseconds without any call beginning, calls are not taken for quick any more. So long a caller sleeps at first until it
    /// looks for itself, then twice as long each time.
    private static final long STANDSTILL = 2_000_000;

    private static final long LONGEST_NAP = 64_000_000;

    /// So many callers are woken together at most while there are calls to go on with. Should the next call hang meanwhile, they look for
    /// themselves.
    private static final int TOGETHER = 8;

    private static final long IDLE_NANOS = 10_000_000_000L;
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final int count;
    private final ConcurrentLinkedQueue<LaneCall<?>> queue = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedDeque<Lane> idle = new ConcurrentLinkedDeque<>();
    private final AtomicInteger queued = new AtomicInteger();
    /// Threads that work, or watch for work; neither asleep nor stuck.
    private final AtomicInteger awake = new AtomicInteger();
    /// Those of them that watch.
    private final AtomicInteger watching = new AtomicInteger();
    private final AtomicInteger watchingCallers = new AtomicInteger();
    private final Luck callersLuck = new Luck();
    private final Luck threadsLuck = new Luck();
    private final AtomicLong begun = new AtomicLong();
    /// What a call usually takes. Written by all threads as it comes: an estimate.
    private volatile long usual;
    private int alive;
    private volatile int stuck;

    Lanes(int count) {
        this.count = count;
    }

    /// Native work.
    @FunctionalInterface
    interface Work<T> {
        T run() throws CkException, KeyException;
    }

    /// Whether calls that were given up haven't come back.
    boolean isStuck() {
        return stuck > 0;
    }

    /// Runs work and waits for it, at most the deadline.
    ///
    /// @throws CkException and [KeyException] as the work does
    /// @throws KeyException.DeadlineExceeded when the time is over or the caller was interrupted; the work is given up, or never begins
    <T> T run(String place, Deadline deadline, Work<T> work) throws CkException, KeyException {
        LaneCall<T> call = new LaneCall<>(work);
        boolean settled = false;
        try {
            submit(call);
            if (!watched(call) && !awaited(call, deadline)) {
                giveUp(place, deadline, call);
            }
            settled = true;
        } finally {
            if (!settled) { // also when no thread could be started: what nobody waits for must not begin later
                withdraw(call);
            }
        }
        call.wakeNext();
        return call.result();
    }

    private void submit(LaneCall<?> call) {
        queue.add(call);
        if (queued.incrementAndGet() > watching.get()) {
            wakeOne();
        }
    }

    /// How many threads are to be awake at the same time.
    private int wanted() {
        return usual > QUICK ? count : Math.min(count, PROCESSORS);
    }

    private void wakeOne() {
        if (awake.get() >= wanted()) {
            return;
        }
        Lane sleeping = idle.pollFirst();
        if (sleeping != null) {
            awake.incrementAndGet();
            sleeping.asleep = false;
            LockSupport.unpark(sleeping.thread);
        } else {
            startOne();
        }
    }

    private synchronized void startOne() {
        if (alive >= count + Math.min(stuck, MAX_REPLACED)) {
            return;
        }
        try {
            new Lane().thread.start();
        } catch (OutOfMemoryError e) {
            if (alive == 0) {
                throw e;
            }
            return; // the system gives no more threads: those that there are go on
        }
        alive++;
        awake.incrementAndGet();
    }

    /// Watches for the end of a call that is usually quick. False when it didn't come, or there is no processor to watch with.
    private boolean watched(LaneCall<?> call) {
        long expected = usual;
        if (expected > QUICK || !callersLuck.isWorthTrying()) {
            return call.isDone();
        }
        try {
            if (watchingCallers.incrementAndGet() + awake.get() > PROCESSORS) {
                return call.isDone();
            }
            long end = System.nanoTime() + 2 * expected + WAKING;
            while (!call.isDone()) {
                if (System.nanoTime() - end > 0) {
                    return callersLuck.was(false);
                }
                Thread.onSpinWait();
            }
            return callersLuck.was(true);
        } finally {
            watchingCallers.decrementAndGet();
        }
    }

    /// Sleeps until a call is done. False when the deadline is over or the caller was interrupted before.
    private boolean awaited(LaneCall<?> call, Deadline deadline) {
        long nap = STANDSTILL;
        long seen = begun.get();
        for (long left = deadline.left(); left > 0 && !Thread.currentThread().isInterrupted() && !call.isDone(); left = deadline.left()) {
            LockSupport.parkNanos(this, Math.min(left, nap));
            if (call.isWaiting() && begun.get() == seen) {
                usual = Math.max(usual, 2 * QUICK);
                wakeOne();
            }
            seen = begun.get();
            nap = Math.min(2 * nap, LONGEST_NAP);
        }
        return call.isDone();
    }

    /// A call that took longer than usual says little: the thread may have waited for a processor or for a lock inside the module, and with more
    /// threads it would wait longer. So the estimate falls at once and rises slowly.
    private void learn(long nanos) {
        long known = usual;
        usual = nanos < known ? (known + nanos) / 2 : Math.min(nanos, known + known / 32 + 1000);
    }

    private void giveUp(String place, Deadline deadline, LaneCall<?> call) throws KeyException.DeadlineExceeded {
        if (withdraw(call)) {
            throw new KeyException.DeadlineExceeded(late(place, "all " + count + " calls that the token may get at the same time were busy for "
                    + deadline.text() + "; it was not asked"), null);
        }
        if (call.leave(() -> changeStuck(1))) {
            throw new KeyException.DeadlineExceeded(
                    late(place, "the token did not answer within " + deadline.text() + "; whether it has signed is not known"), null);
        }
    }

    private boolean withdraw(LaneCall<?> call) {
        boolean withdrawn = call.withdraw();
        if (withdrawn && queue.remove(call)) {
            queued.decrementAndGet();
        }
        return withdrawn;
    }

    private static Problem late(String place, String why) {
        return new Problem(ErrorCode.KEY_DEADLINE, "no signature was handed out by " + place, why,
                "check the token or its network, or allow more with --deadline");
    }

    /// A call was given up, or such a call has come back.
    private void changeStuck(int by) {
        synchronized (this) {
            stuck += by;
        }
        awake.addAndGet(-by);
        if (queued.get() > 0) {
            wakeOne();
        }
    }

    /// Whether a thread that hung isn't needed any more.
    private synchronized boolean ended() {
        boolean surplus = alive > count + Math.min(stuck, MAX_REPLACED);
        if (surplus) {
            alive--;
        }
        return surplus;
    }

    /// One thread.
    private final class Lane implements Runnable {
        private final Thread thread = Thread.ofPlatform().daemon().name("chancery-pkcs11-" + NUMBERS.getAndIncrement()).unstarted(this);
        private final ArrayDeque<LaneCall<?>> toWake = new ArrayDeque<>(TOGETHER);
        private volatile boolean asleep;

        @Override
        public void run() {
            for (LaneCall<?> call = next(); call != null; call = next()) {
                long from = System.nanoTime();
                if (!call.begin()) {
                    continue;
                }
                begun.getAndIncrement();
                if (call.finish()) {
                    learn(System.nanoTime() - from);
                    toWake.add(call);
                    if (usual > QUICK || toWake.size() >= Math.min(TOGETHER, queued.get())) {
                        wakeAll();
                    }
                } else {
                    changeStuck(-1);
                    if (ended()) {
                        awake.decrementAndGet();
                        return;
                    }
                }
            }
        }

        /// The next call, slept for when there is none; nothing when none came for long.
        private @Nullable LaneCall<?> next() {
            while (true) {
                LaneCall<?> call = awake.get() > wanted() ? null : watchedFor();
                if (call != null) {
                    if (queued.get() > 0) {
                        wakeOne();
                    }
                    return call;
                }
                if (!slept()) {
                    return null;
                }
            }
        }

        /// Wakes the first, which wakes the next, and so on: a thread that has slept takes the processor from the one that wakes it, and this
        /// one has work to do.
        private void wakeAll() {
            LaneCall<?> first = toWake.poll();
            if (first == null) {
                return;
            }
            LaneCall<?> last = first;
            for (LaneCall<?> call = toWake.poll(); call != null; call = toWake.poll()) {
                if (!last.follow(call)) {
                    call.wake();
                }
                last = call;
            }
            first.wake();
        }

        private @Nullable LaneCall<?> taken() {
            LaneCall<?> call = queue.poll();
            if (call != null) {
                queued.decrementAndGet();
            }
            return call;
        }

        /// The next call; watched for, when a processor is free.
        @SuppressWarnings("ThreadPriorityCheck") // how threads are scheduled decides how fast this is, not whether it works
        private @Nullable LaneCall<?> watchedFor() {
            LaneCall<?> call = taken();
            if (call != null) {
                return call;
            }
            wakeAll();
            if (usual > QUICK || awake.get() + watchingCallers.get() > PROCESSORS || !threadsLuck.isWorthTrying()) {
                return null;
            }
            watching.incrementAndGet();
            try {
                for (long end = System.nanoTime() + WATCH; call == null && System.nanoTime() - end < 0; call = taken()) {
                    Thread.yield(); // to callers that were just woken, and come with the next
                }
                threadsLuck.was(call != null);
                return call;
            } finally {
                watching.decrementAndGet();
            }
        }

        /// Lies down, and looks once more for a call that came meanwhile before it sleeps. False when nobody has woken it for long.
        private boolean slept() {
            wakeAll();
            asleep = true;
            idle.addFirst(this);
            awake.decrementAndGet();
            if (queued.get() > 0 && awake.get() < wanted() && idle.remove(this)) {
                awake.incrementAndGet();
                return true;
            }
            long end = System.nanoTime() + IDLE_NANOS;
            while (asleep) {
                long left = end - System.nanoTime();
                if (left > 0) {
                    LockSupport.parkNanos(Lanes.this, left);
                } else if (idle.remove(this)) {
                    synchronized (Lanes.this) {
                        alive--;
                    }
                    if (queued.get() > 0) { // somebody came who found neither a sleeping thread nor room for another
                        wakeOne();
                    }
                    return false;
                }
            }
            return true; // whoever woke it has counted it as awake
        }
    }
}
