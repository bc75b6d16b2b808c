package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.formats.quorum.QuorumCodec;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalAnswerFuzz {
    @MethodSource("dev.chancery.fuzz.Ceremonies#answers")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsAnAnswerOrRefused(byte[] input) {
        try {
            QuorumCodec.digest(ApprovalAnswerCodec.read(Bytes.copyOf(input), Ceremonies.PAYLOAD).member());
        } catch (FormatException e) {
            // refused
        }
    }
}
