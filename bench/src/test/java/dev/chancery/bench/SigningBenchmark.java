package dev.chancery.bench;

import dev.chancery.domain.error.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// What each layer of signing costs on its own: `bench/run jmh SigningBenchmark`. Beside C in the same run: [BesideC].
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgs = {"--enable-native-access=ALL-UNNAMED", "-XX:+UseSerialGC"})
public class SigningBenchmark {
    private static final int MAX_THREADS = 64;

    /// What is shared by all threads.
    @State(Scope.Benchmark)
    public static class Shared {
        private final Path audit = temporary();
        private final SigningLayers layers = open(audit);
        private final List<SigningLayers.Call> bindings = layers.bindings(MAX_THREADS);
        private final AtomicInteger next = new AtomicInteger();

        private static Path temporary() {
            try {
                return Files.createTempFile(Path.of("target"), "audit", ".log");
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }

        private static SigningLayers open(Path audit) {
            try {
                return new SigningLayers(TokenUnderTest.fromEnvironment(), audit);
            } catch (ProblemException e) {
                throw new IllegalStateException(e.problem().toString(), e);
            }
        }

        /// Gives the token back.
        @TearDown
        public void close() throws IOException {
            layers.close();
            Files.delete(audit);
        }
    }

    /// What each thread has of its own.
    @State(Scope.Thread)
    public static class Own {
        private SigningLayers.Call binding = () -> "";

        /// Takes one of the sessions.
        @Setup(Level.Trial)
        public void take(Shared shared) {
            binding = shared.bindings.get(shared.next.getAndIncrement() % MAX_THREADS);
        }
    }

    /// C_SignInit and C_Sign through java.lang.foreign.
    @Benchmark
    public Object binding(Own own) throws ProblemException {
        return own.binding.sign();
    }

    /// The port, with its deadline.
    @Benchmark
    public Object port(Shared shared) throws ProblemException {
        return shared.layers.port();
    }

    /// The port, then verification of what was signed.
    @Benchmark
    public Object verified(Shared shared) throws ProblemException {
        return shared.layers.verified();
    }

    /// The whole path: signed, verified, recorded durably.
    @Benchmark
    public Object whole(Shared shared) throws ProblemException {
        return shared.layers.whole();
    }
}
