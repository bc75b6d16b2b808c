package dev.chancery.adapters.pkcs11;

import dev.chancery.ports.key.KeyException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// One call on its way from its caller to a lane and back. Each step is one compare-and-set, so that exactly one of them decides how it ends.
final class LaneCall<T> {
    private final Lanes.Work<T> work;
    private final Thread caller = Thread.currentThread();
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    /// Whose caller this one's wakes; this call itself once that was done.
    private final AtomicReference<@Nullable LaneCall<?>> next = new AtomicReference<>();
    private @Nullable Thread lane;
    private @Nullable T result;
    private @Nullable Throwable failure;

    LaneCall(Lanes.Work<T> work) {
        this.work = work;
    }

    private enum State {
        WAITING,
        BEGUN,
        DONE,
        /// Given up before a lane took it: it never begins.
        WITHDRAWN,
        /// Given up while it is under way; the lane is being interrupted.
        LEAVING,
        LEFT
    }

    boolean isWaiting() {
        return state.get() == State.WAITING;
    }

    boolean isDone() {
        return state.get() == State.DONE;
    }

    /// Keeps it from beginning. False when it has begun.
    boolean withdraw() {
        return state.compareAndSet(State.WAITING, State.WITHDRAWN);
    }

    /// Gives it up while it is under way. A native call can't be interrupted, one in a helper process can be given up.
    ///
    /// @param stuck done before the lane can know of it
    /// @return false when it has come back meanwhile
    boolean leave(Runnable stuck) {
        if (!state.compareAndSet(State.BEGUN, State.LEAVING)) {
            return false;
        }
        try {
            stuck.run();
            java.util.Objects.requireNonNull(lane).interrupt();
        } finally {
            state.set(State.LEFT);
        }
        return true;
    }

    /// For a lane: false when it was withdrawn.
    boolean begin() {
        lane = Thread.currentThread();
        return state.compareAndSet(State.WAITING, State.BEGUN);
    }

    /// Works. The caller isn't woken yet. False when it has left meanwhile: nothing of it reaches anybody.
    @SuppressWarnings("CatchingUnchecked") // whatever it is, the caller gets it
    boolean finish() {
        try {
            result = work.run();
        } catch (Throwable e) {
            failure = e;
        }
        if (state.compareAndSet(State.BEGUN, State.DONE)) {
            return true;
        }
        while (state.get() != State.LEFT) {
            Thread.onSpinWait();
        }
        Thread.interrupted(); // was meant for this call, not for the next
        return false;
    }

    /// Lets the caller wake that of another call. False when it is gone already.
    boolean follow(LaneCall<?> other) {
        return next.compareAndSet(null, other);
    }

    /// For the caller: wakes whom it is to wake.
    void wakeNext() {
        LaneCall<?> other = next.getAndSet(this);
        if (other != null) {
            other.wake();
        }
    }

    /// Wakes the caller, if it sleeps.
    void wake() {
        LockSupport.unpark(caller);
    }

    /// What came of it, once it is done.
    @SuppressWarnings("NullAway") // null only where the work's own result is
    T result() throws CkException, KeyException {
        if (failure == null) {
            return result;
        }
        switch (failure) {
            case CkException ck -> throw ck;
            case KeyException key -> throw key;
            case RuntimeException bug -> throw bug;
            case Error error -> throw error;
            default -> throw new IllegalStateException("a native call could not be made", failure);
        }
    }
}
