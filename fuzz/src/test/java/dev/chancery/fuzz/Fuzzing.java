package dev.chancery.fuzz;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/// What the targets share.
final class Fuzzing {
    /// How long each target is fuzzed.
    static final String DURATION = "30s";

    /// Inputs are at most this long, in bytes: libFuzzer's usual bound is lower.
    static final int LIMIT = 1 << 20;

    private Fuzzing() {}

    /// Reads something.
    interface Reading<T> {
        T read(Bytes input) throws FormatException;
    }

    /// Writes it.
    interface Writing<T> {
        Bytes write(T value) throws FormatException;
    }

    /// Fails when anything but a value or a refusal comes of it, or the value doesn't survive being written and read.
    static <T> void roundTrip(byte[] input, Reading<T> reading, Writing<T> writing) {
        T value;
        try {
            value = reading.read(Bytes.copyOf(input));
        } catch (FormatException e) {
            return;
        }
        try {
            Bytes written = writing.write(value);
            if (!value.equals(reading.read(written))) {
                throw new AssertionError("what was written is read as something else: " + written.utf8().orElse(written.toHex()));
            }
        } catch (FormatException e) {
            throw new AssertionError("what was read cannot be written and read again", e);
        }
    }

    /// The golden files of a kind, to start from.
    static Stream<Arguments> golden(String ending) throws IOException {
        List<Arguments> seeds = new ArrayList<>();
        Path root = Path.of(System.getProperty("chancery.root"));
        for (Path folder : List.of(root.resolve("formats/src/test/resources/cosign"), root.resolve("docs/policies"))) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*" + ending)) {
                for (Path file : files) {
                    seeds.add(Arguments.of((Object) Files.readAllBytes(file)));
                }
            }
        }
        return seeds.stream();
    }
}
