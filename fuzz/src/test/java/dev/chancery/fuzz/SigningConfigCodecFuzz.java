package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.sigstore.SigningConfigCodec;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SigningConfigCodecFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden("config.json");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsReadAndWrittenAgainOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, SigningConfigCodec::read, SigningConfigCodec::write);
    }
}
