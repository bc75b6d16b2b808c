package dev.chancery.formats;

import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Random numbers for property tests. The seed is printed, and `-Dchancery.seed=N` runs a test with that one again.
public final class Seed {
    private Seed() {}

    /// A generator for one test.
    public static RandomGenerator of(Class<?> test) {
        long seed = Long.getLong("chancery.seed", System.nanoTime());
        System.out.println(test.getSimpleName() + ": -Dchancery.seed=" + seed);
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }
}
