package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.quorum.QuorumCodec;
import org.junit.jupiter.params.provider.MethodSource;

class QuorumCodecFuzz {
    @MethodSource("dev.chancery.fuzz.Ceremonies#quorums")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsAQuorumOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, QuorumCodec::read, QuorumCodec::write);
    }
}
