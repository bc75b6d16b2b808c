package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.CanonicalJson;
import dev.chancery.formats.json.StrictJson;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CanonicalJsonFuzz {
    static Stream<Arguments> seeds() throws IOException {
        return Fuzzing.golden(".json");
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void aCanonicalTextIsItsOwnCanonicalForm(byte[] input) {
        Bytes canonical;
        try {
            canonical = CanonicalJson.encode(StrictJson.parse(Bytes.copyOf(input), Fuzzing.LIMIT));
        } catch (FormatException e) {
            return;
        }
        try {
            if (!canonical.equals(CanonicalJson.encode(StrictJson.parse(canonical, canonical.size())))) {
                throw new AssertionError("two canonical forms of " + canonical.utf8().orElse(""));
            }
        } catch (FormatException e) {
            throw new AssertionError("a canonical form that has none: " + canonical.utf8().orElse(""), e);
        }
    }
}
