package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.policy.PolicyCodec;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PolicyCodecFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden(".yaml");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsAPolicyOrRefused(byte[] input) {
        try {
            PolicyCodec.read(Bytes.copyOf(input));
        } catch (FormatException e) {
            // refused
        }
    }
}
