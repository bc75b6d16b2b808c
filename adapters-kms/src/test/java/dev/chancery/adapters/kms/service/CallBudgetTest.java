package dev.chancery.adapters.kms.service;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.kms.fake.FakeTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class CallBudgetTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final FakeTime time = new FakeTime();

    private CallBudget budget(int concurrent, int perSecond) {
        return new CallBudget(new CallLimits(concurrent, perSecond, Duration.ofMillis(100), Duration.ofSeconds(2)), time, new Random(7));
    }

    private static ServiceFailure throttled() {
        return ServiceFailure.of(Fault.THROTTLED, "too many", null);
    }

    @Test
    void aRefusedRequestIsMadeAgainAfterPausesWhoseBoundDoubles() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        CallBudget budget = budget(1, 0);
        assertEquals("done", budget.call(LIMIT, _ -> {
            if (attempts.incrementAndGet() <= 7) {
                throw throttled();
            }
            return "done";
        }));
        List<Duration> pauses = time.pauses();
        int[] bounds = {100, 200, 400, 800, 1600, 2000, 2000};
        for (int i = 0; i < pauses.size(); i++) {
            assertTrue(pauses.get(i).compareTo(Duration.ofMillis(bounds[i])) <= 0, pauses + " against " + bounds[i] + " ms");
        }
        assertEquals(new CallBudget.Counts(8, 7, pauses.stream().reduce(Duration.ZERO, Duration::plus)), budget.counts());
    }

    @Test
    void pausesAreAtLeastWhatTheServiceAsksFor() throws Exception {
        AtomicInteger attempts = new AtomicInteger();
        budget(1, 0).call(LIMIT, _ -> {
            if (attempts.incrementAndGet() == 1) {
                throw throttled().retryAfter(Duration.ofSeconds(5));
            }
            return "";
        });
        assertEquals(List.of(Duration.ofSeconds(5)), time.pauses());
    }

    @Test
    void aServiceThatRefusesForEverIsGivenUpWithinTheTimeLimit() {
        CallBudget budget = budget(1, 0);
        assertEquals(Fault.THROTTLED, assertThrows(ServiceFailure.class, () -> budget.call(LIMIT, _ -> {
            throw throttled();
        })).fault());
        assertTrue(Duration.ofNanos(time.nanos()).compareTo(LIMIT) < 0, "no pause goes beyond the limit");
        assertTrue(budget.counts().requests() > 10, "and it was tried until then");
    }

    @Test
    void aPauseLongerThanTheTimeLimitIsNotBegun() {
        assertThrows(ServiceFailure.class, () -> budget(1, 0).call(LIMIT, _ -> {
            throw throttled().retryAfter(Duration.ofMinutes(1));
        }));
        assertEquals(List.of(), time.pauses());
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "THROTTLED")
    void nothingButTooManyRequestsIsRepeated(Fault fault) {
        CallBudget budget = budget(1, 0);
        assertEquals(fault, assertThrows(ServiceFailure.class, () -> budget.call(LIMIT, _ -> {
            throw ServiceFailure.of(fault, "so", null);
        })).fault());
        assertEquals(1, budget.counts().requests());
    }

    @Test
    void requestsBeginNoMoreOftenThanTheStatedRate() throws Exception {
        CallBudget budget = budget(4, 10);
        List<Long> starts = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            starts.add(budget.call(LIMIT, _ -> time.nanos()));
        }
        for (int i = 1; i < starts.size(); i++) {
            assertTrue(starts.get(i) - starts.get(i - 1) >= TimeUnit.MILLISECONDS.toNanos(100), starts.toString());
        }
    }

    @Test
    void aRateThatLeavesNoRoomInTimeIsSaid() throws Exception {
        CallBudget budget = budget(1, 1);
        budget.call(LIMIT, _ -> "");
        ServiceFailure refused = assertThrows(ServiceFailure.class, () -> budget.call(Duration.ofMillis(500), _ -> ""));
        assertEquals("the stated rate of 1 requests a second leaves no room in time", refused.why());
    }

    @Test
    void noMoreRequestsAreUnderWayThanAllowed() throws Exception {
        CallBudget budget = new CallBudget(new CallLimits(3, 0, Duration.ofMillis(1), Duration.ofMillis(1)), Waiting.real(), new Random(7));
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        CountDownLatch full = new CountDownLatch(3);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> running = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                running.add(threads.submit(() -> budget.call(LIMIT, _ -> {
                    most.accumulateAndGet(now.incrementAndGet(), Math::max);
                    full.countDown();
                    awaitQuietly(full);
                    now.decrementAndGet();
                    return "";
                })));
            }
            for (Future<String> done : running) {
                done.get();
            }
        }
        assertEquals(3, most.get());
    }

    @Test
    void aRequestThatDoesNotAnswerIsGivenUpAndKeepsItsPlaceUntilItEnds() throws Exception {
        CallBudget budget = new CallBudget(new CallLimits(1, 0, Duration.ofMillis(1), Duration.ofMillis(1)), Waiting.real(), new Random(7));
        CountDownLatch release = new CountDownLatch(1);
        assertEquals(Fault.TIMED_OUT, assertThrows(ServiceFailure.class, () -> budget.call(Duration.ofMillis(50), _ -> {
            awaitQuietly(release);
            return "";
        })).fault());
        assertEquals(Fault.THROTTLED, assertThrows(ServiceFailure.class, () -> budget.call(Duration.ofMillis(50), _ -> "")).fault());
        release.countDown();
        assertEquals("free again", budget.call(LIMIT, _ -> "free again"));
    }

    @Test
    void aDefectOfARequestIsNotHidden() {
        assertThrows(IllegalStateException.class, () -> budget(1, 0).call(LIMIT, _ -> {
            throw new IllegalStateException("defect");
        }));
    }

    @Test
    void limitsComeFromTheEnvironment() throws Exception {
        assertEquals(CallLimits.DEFAULT, CallLimits.of(Map.<String, String>of()::get));
        CallLimits limits = CallLimits.of(Map.of("CHANCERY_KMS_CONCURRENCY", "4", "CHANCERY_KMS_RATE", "50")::get);
        assertEquals(4, limits.concurrent());
        assertEquals(50, limits.perSecond());
        for (String wrong : List.of("0", "-1", "x", "1000000")) {
            assertEquals(Fault.SETTING, assertThrows(ServiceFailure.class,
                    () -> CallLimits.of(Map.of("CHANCERY_KMS_CONCURRENCY", wrong)::get)).fault());
        }
    }

    /// Also when it is interrupted, as a client library that ignores that would.
    private static void awaitQuietly(CountDownLatch latch) {
        while (true) {
            try {
                latch.await();
                return;
            } catch (InterruptedException e) {
                // Goes on waiting.
            }
        }
    }
}
