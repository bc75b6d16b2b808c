package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.json.JsonText;
import dev.chancery.formats.yaml.StrictYaml;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class StrictYamlFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden(".yaml");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsReadAndWrittenAgainOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, bytes -> StrictYaml.parse(bytes, Fuzzing.LIMIT).value(), JsonText::compact);
    }
}
