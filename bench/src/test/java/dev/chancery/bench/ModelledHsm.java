package dev.chancery.bench;

import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// The whole signing path on a token whose signatures take so long, so many at a time, as lab/faultp11 makes SoftHSM2 be; by turns with the C
/// loop on as many threads, since on a busy machine sleeping takes longer, too. Says which share of what its lanes can give comes out.
/// `bench/run hsm`: the C program, the milliseconds, the lanes, the callers, the seconds of a turn, the turns.
public final class ModelledHsm {
    private static final PrintStream OUT = System.out;

    private ModelledHsm() {}

    /// Runs it.
    ///
    /// @param arguments as above
    public static void main(String[] arguments) throws Exception {
        int callers = Integer.parseInt(arguments[3]);
        long millis = Long.parseLong(arguments[4]) * 1000;
        double possible = Integer.parseInt(arguments[2]) * 1000.0 / Integer.parseInt(arguments[1]);
        Path audit = Files.createTempFile(Path.of("target"), "audit", ".log");
        TokenUnderTest token = TokenUnderTest.fromEnvironment();
        List<Double> ofC = new ArrayList<>();
        List<Double> ours = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        try (CLoop c = new CLoop(arguments[0], token); SigningLayers layers = new SigningLayers(token, audit)) {
            layers.whole();
            for (int i = 0; i < Integer.parseInt(arguments[5]); i++) {
                ofC.add(c.sign(callers, millis).perSecond());
                ours.add(whole(layers, callers, millis * 1_000_000));
                ratios.add(ours.getLast() / ofC.getLast());
            }
        } finally {
            Files.delete(audit);
        }
        OUT.printf(Locale.ROOT, "%d callers, %.1f /s possible: C %.1f /s (%.3f), ours %.1f /s (%.3f), ratio %.3f%n", callers, possible,
                BesideC.median(ofC), BesideC.median(ofC) / possible, BesideC.median(ours), BesideC.median(ours) / possible, BesideC.median(ratios));
    }

    private static double whole(SigningLayers layers, int callers, long nanos) throws Exception {
        long from = System.nanoTime();
        Callable<Long> work = () -> {
            long made = 0;
            for (; System.nanoTime() - from < nanos; made++) {
                layers.whole();
            }
            return made;
        };
        long made = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(work));
            }
            for (Future<Long> each : running) {
                made += each.get();
            }
        }
        return made * 1e9 / (System.nanoTime() - from);
    }
}
