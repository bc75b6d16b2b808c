package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.sigstore.BundleCodec;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CosignBundleFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden(".bundle");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsReadAndWrittenAgainOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, BundleCodec::read, BundleCodec::write);
    }
}
