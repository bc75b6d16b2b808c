package dev.chancery.bench;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyAccess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The token that benchmarks sign with; `bench/run` says which in the environment.
///
/// @param module the PKCS#11 module
/// @param token its label
/// @param key the label of an ECDSA P-256 key
/// @param pinFile a file with the PIN
record TokenUnderTest(Path module, String token, String key, Path pinFile) {
    static TokenUnderTest fromEnvironment() {
        return new TokenUnderTest(Path.of(variable("BENCH_MODULE")), variable("BENCH_TOKEN"), variable("BENCH_KEY"), Path.of(variable("BENCH_PIN_FILE")));
    }

    private static String variable(String name) {
        @Nullable String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + " is not set: start benchmarks with bench/run");
        }
        return value;
    }

    KeyRef ref() {
        try {
            return KeyRef.parse("pkcs11:token=" + token + ";object=" + key + "?module-path=" + module);
        } catch (KeyRefException e) {
            throw new IllegalStateException(e);
        }
    }

    Pin pin() {
        try {
            return Pin.copyOf(Files.readString(pinFile).strip().toCharArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    KeyAccess access() {
        return new KeyAccess(_ -> Optional.of(pin()), KeyAccess.DEFAULT_DEADLINE, false);
    }
}
