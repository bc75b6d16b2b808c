package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.ports.key.KeyException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Threads that make the calls, without a token.
@Timeout(60)
final class LanesTest {
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(20);

    @ParameterizedTest
    @CsvSource({"1, 1, 2000, 0", "1, 16, 500, 0", "4, 16, 500, 0", "16, 16, 500, 0", "4, 16, 40, 1000000"})
    void everyCallerGetsWhatItsOwnCallReturnedAndNoMoreCallsAreMadeAtATimeThanAllowed(int count, int callers, int calls, long nanos) throws Exception {
        Lanes lanes = new Lanes(count);
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            int base = caller * calls;
            work.add(() -> {
                for (int i = 0; i < calls; i++) {
                    int expected = base + i;
                    assertEquals(expected, lanes.run("the token", Deadline.in(LONG), () -> {
                        most.accumulateAndGet(now.incrementAndGet(), Math::max);
                        for (long end = System.nanoTime() + nanos; System.nanoTime() - end < 0; ) {
                            Thread.onSpinWait();
                        }
                        now.decrementAndGet();
                        return expected;
                    }));
                }
                return true;
            });
        }
        allTrue(work);
        assertTrue(most.get() <= count, most + " at a time");
    }

    @Test
    void whatACallThrowsReachesItsCaller() {
        Lanes lanes = new Lanes(2);
        assertEquals("C_Sign", assertThrows(CkException.class, () -> lanes.run("the token", Deadline.in(LONG), () -> {
            throw new CkException("C_Sign", Ckr.DEVICE_ERROR.value());
        })).function());
        assertThrows(ArithmeticException.class, () -> lanes.run("the token", Deadline.in(LONG), () -> {
            throw new ArithmeticException("a bug");
        }));
        assertThrows(StackOverflowError.class, () -> lanes.run("the token", Deadline.in(LONG), () -> {
            throw new StackOverflowError("a bug");
        }));
    }

    @Test
    void aCallThatHangsIsGivenUpAtItsDeadlineAndKeepsNoneOfTheOthers() throws Exception {
        Lanes lanes = new Lanes(1);
        CountDownLatch end = new CountDownLatch(1);
        for (int i = 0; i < 5; i++) { // more than it has threads
            AtomicBoolean begun = new AtomicBoolean();
            do { // on a busy machine the deadline may pass before it begins
                assertThrows(KeyException.DeadlineExceeded.class, () -> lanes.run("the token", Deadline.in(SHORT), () -> {
                    begun.set(true);
                    return hang(end);
                }));
            } while (!begun.get());
            assertTrue(lanes.isStuck());
            assertEquals("soon", lanes.run("the token", Deadline.in(LONG), () -> "soon"));
        }
        end.countDown();
        while (lanes.isStuck()) {
            Thread.onSpinWait();
        }
        assertEquals("then", lanes.run("the token", Deadline.in(LONG), () -> "then"));
    }

    @Test
    void aCallThatWasGivenUpBeforeItsTurnIsNeverMade() throws Exception {
        Lanes lanes = new Lanes(1);
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        AtomicBoolean asked = new AtomicBoolean();
        try (ExecutorService other = Executors.newSingleThreadExecutor()) {
            Future<Boolean> slow = other.submit(() -> lanes.run("the token", Deadline.in(LONG), () -> {
                began.countDown();
                return hang(end);
            }));
            began.await();
            KeyException late = assertThrows(KeyException.DeadlineExceeded.class, () -> lanes.run("the token", Deadline.in(SHORT), () -> {
                asked.set(true);
                return true;
            }));
            assertTrue(late.problem().why().contains("it was not asked"), late.problem().why());
            end.countDown();
            assertTrue(slow.get());
        }
        assertEquals("next", lanes.run("the token", Deadline.in(LONG), () -> "next"));
        assertFalse(asked.get());
    }

    @Test
    void whoeverWasServedBeforeACallThatHangsIsNotKeptByIt() throws Exception {
        Lanes lanes = new Lanes(1);
        CountDownLatch end = new CountDownLatch(1);
        CountDownLatch served = new CountDownLatch(15);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            work.add(() -> {
                lanes.run("the token", Deadline.in(LONG), () -> true);
                served.countDown();
                return true;
            });
        }
        work.add(7, () -> {
            assertThrows(KeyException.DeadlineExceeded.class, () -> lanes.run("the token", Deadline.in(Duration.ofMillis(200)), () -> hang(end)));
            served.await(); // also by a thread in place of the one that hangs
            end.countDown();
            return true;
        });
        allTrue(work);
    }

    @Test
    void anInterruptedCallerLeavesItsCallAndStaysInterrupted() throws Exception {
        Lanes lanes = new Lanes(1);
        CountDownLatch end = new CountDownLatch(1);
        Thread.currentThread().interrupt();
        assertThrows(KeyException.DeadlineExceeded.class, () -> lanes.run("the token", Deadline.in(LONG), () -> hang(end)));
        assertTrue(Thread.interrupted());
        end.countDown();
        assertEquals("next", lanes.run("the token", Deadline.in(LONG), () -> "next"));
    }

    private static void allTrue(List<Callable<Boolean>> work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(work.size())) {
            for (Future<Boolean> each : threads.invokeAll(work)) {
                assertTrue(each.get());
            }
        }
    }

    /// As a native call does, whatever interrupts it.
    private static boolean hang(CountDownLatch end) {
        boolean interrupted = false;
        while (true) {
            try {
                end.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return true;
    }
}
