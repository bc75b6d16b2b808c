package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.sigstore.DetachedSignature;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class DetachedSignatureFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden(".sig");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsReadAndWrittenAgainOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, DetachedSignature::read, DetachedSignature::write);
    }
}
