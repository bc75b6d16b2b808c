package dev.chancery.application.batch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Many items at a time, in order.
class OrderedWorkTest {
    private static final int THREADS = 4;

    private static int wait(CyclicBarrier barrier, int item) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
            return item;
        } catch (Exception e) {
            throw new AssertionError("the others are not at work", e);
        }
    }

    @Test
    void allThreadsWorkAtOnceAndResultsComeInTheItemsOrder() throws Exception {
        CyclicBarrier all = new CyclicBarrier(THREADS);
        List<Integer> results = new ArrayList<>();
        new OrderedWork(THREADS).run(IntStream.range(0, 400).iterator(), item -> wait(all, item), results::add);
        assertEquals(IntStream.range(0, 400).boxed().toList(), results);
    }

    @Test
    void howeverManyItemsThereAreOnlyAWindowOfThemIsHeld() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger given = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        new OrderedWork(THREADS).run(IntStream.range(0, 100_000).map(item -> {
            taken.incrementAndGet();
            return item;
        }).iterator(), item -> item, result -> {
            given.incrementAndGet();
            most.accumulateAndGet(taken.get() - given.get(), Math::max);
        });
        assertEquals(100_000, given.get());
        assertTrue(most.get() <= THREADS * 32, () -> most + " items were held");
    }

    @Test
    void groupsComeInTheItemsOrderAndNoMoreItemsAreHeldThanWithoutGroups() throws Exception {
        AtomicInteger taken = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        List<List<Integer>> groups = new ArrayList<>();
        new OrderedWork(THREADS).run(IntStream.range(0, 1003).peek(item -> taken.incrementAndGet()).iterator(), 8, item -> item, group -> {
            most.accumulateAndGet(taken.get() - 8 * groups.size(), Math::max);
            groups.add(group);
        });
        assertEquals(IntStream.range(0, 1003).boxed().toList(), groups.stream().flatMap(List::stream).toList());
        assertEquals(126, groups.size());
        assertEquals(3, groups.getLast().size());
        assertTrue(most.get() <= THREADS * 32, () -> most + " items were held");
    }

    @Test
    void aGroupIsSmallEnoughForAllThreadsToHaveWork() {
        OrderedWork work = new OrderedWork(1);
        assertThrows(IllegalArgumentException.class, () -> work.run(List.of(1).iterator(), 0, item -> item, group -> {}));
        assertThrows(IllegalArgumentException.class, () -> work.run(List.of(1).iterator(), OrderedWork.LARGEST_GROUP + 1, item -> item, group -> {}));
    }

    @Test
    void workThatFailsWithoutSayingSoEndsEverything() {
        List<Integer> results = new ArrayList<>();
        IllegalStateException failure = assertThrows(IllegalStateException.class, () -> new OrderedWork(1).run(IntStream.range(0, 10).iterator(),
                item -> {
                    if (item == 3) {
                        throw new IllegalArgumentException("a defect");
                    }
                    return item;
                }, results::add));
        assertEquals("a defect", Objects.requireNonNull(failure.getCause()).getMessage());
        assertEquals(List.of(0, 1, 2), results);
    }

    @Test
    void atLeastOneThreadWorks() {
        assertThrows(IllegalArgumentException.class, () -> new OrderedWork(0));
    }
}
