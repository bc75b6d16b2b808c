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

/// The whole signing path on a token whose signatures take so long, so many at a time, as lab/faultp11 makes SoftHSM2 be. Says which share of
/// what its lanes can give comes out. `bench/run hsm`: the milliseconds, the lanes, the callers, the seconds.
public final class ModelledHsm {
    private static final PrintStream OUT = System.out;

    private ModelledHsm() {}

    /// Runs it.
    ///
    /// @param arguments as above
    public static void main(String[] arguments) throws Exception {
        int millis = Integer.parseInt(arguments[0]);
        int lanes = Integer.parseInt(arguments[1]);
        int callers = Integer.parseInt(arguments[2]);
        long nanos = Long.parseLong(arguments[3]) * 1_000_000_000;
        Path audit = Files.createTempFile(Path.of("target"), "audit", ".log");
        try (SigningLayers layers = new SigningLayers(TokenUnderTest.fromEnvironment(), audit);
                ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            layers.whole();
            long from = System.nanoTime();
            Callable<Long> work = () -> {
                long made = 0;
                for (; System.nanoTime() - from < nanos; made++) {
                    layers.whole();
                }
                return made;
            };
            List<Future<Long>> running = new ArrayList<>();
            for (int i = 0; i < callers; i++) {
                running.add(threads.submit(work));
            }
            long made = 0;
            for (Future<Long> each : running) {
                made += each.get();
            }
            double rate = made * 1e9 / (System.nanoTime() - from);
            double possible = lanes * 1000.0 / millis;
            OUT.printf(Locale.ROOT, "%d ms, %d lanes, %d callers: %.1f /s of %.1f /s possible, %.3f%n", millis, lanes, callers, rate, possible, rate / possible);
        } finally {
            Files.delete(audit);
        }
    }
}
