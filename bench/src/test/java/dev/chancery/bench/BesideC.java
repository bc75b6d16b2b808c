package dev.chancery.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.chancery.domain.error.ProblemException;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The layers of signing beside a C loop over C_SignInit and C_Sign. Both processes stay, and work by turns in short slices, so that what
/// else the machine does meets both. Printed are the medians of each, and the median of the ratios of neighbouring slices.
///
/// `bench/run sign [SLICE-MS [ROUNDS]]`
public final class BesideC {
    private static final int BATCH_CALLERS = 16;
    private static final PrintStream OUT = System.out;

    private final Path audit;
    private final SigningLayers layers;
    private final CLoop c;
    private final long sliceMillis;
    private final int rounds;

    private BesideC(Path audit, SigningLayers layers, CLoop c, long sliceMillis, int rounds) {
        this.audit = audit;
        this.layers = layers;
        this.c = c;
        this.sliceMillis = sliceMillis;
        this.rounds = rounds;
    }

    /// One row: so many threads of C, so many callers of ours.
    private record Row(String name, int threadsOfC, List<SigningLayers.Call> callers) {}

    /// Runs C and ours by turns, and prints the table.
    ///
    /// @param arguments the C program, milliseconds a slice, rounds; then how the names of the rows begin that are wanted, all by default
    public static void main(String[] arguments) throws Exception {
        TokenUnderTest token = TokenUnderTest.fromEnvironment();
        Path audit = Files.createTempFile(Path.of("target"), "audit", ".log");
        try (CLoop c = new CLoop(arguments[0], token); SigningLayers layers = new SigningLayers(token, audit)) {
            new BesideC(audit, layers, c, Long.parseLong(arguments[1]), Integer.parseInt(arguments[2])).run(arguments.length > 3 ? arguments[3] : "");
        } finally {
            Files.delete(audit);
        }
    }

    private void run(String wanted) throws Exception {
        List<Row> rows = new ArrayList<>();
        for (int threads = 1; threads <= 2; threads++) {
            rows.add(new Row("binding", threads, layers.bindings(threads)));
        }
        rows.add(new Row("port, one caller", 1, Collections.nCopies(1, layers::port)));
        rows.add(new Row("port, batch", 2, Collections.nCopies(BATCH_CALLERS, layers::port)));
        rows.add(new Row("verified, one caller", 1, Collections.nCopies(1, layers::verified)));
        rows.add(new Row("verified, batch", 2, Collections.nCopies(BATCH_CALLERS, layers::verified)));
        rows.add(new Row("whole path, one caller", 1, Collections.nCopies(1, layers::whole)));
        rows.add(new Row("whole path, batch", 2, Collections.nCopies(BATCH_CALLERS, layers::whole)));
        OUT.printf("%-24s %9s %9s %9s %7s %11s %11s%n", "", "C threads", "C /s", "ours /s", "ratio", "C CPU µs", "ours CPU µs");
        rows.removeIf(row -> !row.name().startsWith(wanted));
        for (Row row : rows) {
            ours(row); // warm-up
            ours(row);
            print(row);
        }
    }

    private void print(Row row) throws Exception {
        List<Rate> theirs = new ArrayList<>();
        List<Rate> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            theirs.add(c.sign(row.threadsOfC(), sliceMillis));
            ours.add(ours(row));
            ratios.add(ours.getLast().perSecond() / theirs.getLast().perSecond());
        }
        OUT.printf(Locale.ROOT, "%-24s %9d %9.0f %9.0f %7.3f %11.1f %11.1f%n", row.name(), row.threadsOfC(), median(theirs.stream().map(Rate::perSecond).toList()),
                median(ours.stream().map(Rate::perSecond).toList()), median(ratios), median(theirs.stream().map(Rate::cpuMicros).toList()),
                median(ours.stream().map(Rate::cpuMicros).toList()));
    }

    private Rate ours(Row row) throws InterruptedException, ExecutionException, IOException {
        Files.write(audit, new byte[0]); // a log that grows without end would measure the disk
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long cpu = system.getProcessCpuTime();
        long from = System.nanoTime();
        long end = from + sliceMillis * 1_000_000;
        long total = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(row.callers().size())) {
            List<Future<Long>> made = row.callers().stream().map(caller -> threads.submit(() -> signUntil(end, caller))).toList();
            for (Future<Long> each : made) {
                total += each.get();
            }
        }
        return new Rate(total, System.nanoTime() - from, system.getProcessCpuTime() - cpu);
    }

    private static long signUntil(long end, SigningLayers.Call caller) throws ProblemException {
        long made = 0;
        while (System.nanoTime() < end) {
            caller.sign();
            made++;
        }
        return made;
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
