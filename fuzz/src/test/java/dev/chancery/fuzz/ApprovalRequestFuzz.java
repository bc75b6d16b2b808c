package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import org.junit.jupiter.params.provider.MethodSource;

class ApprovalRequestFuzz {
    @MethodSource("dev.chancery.fuzz.Ceremonies#requests")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void everyInputIsARequestOrRefused(byte[] input) {
        Fuzzing.roundTrip(input, ApprovalRequestCodec::read, read -> ApprovalRequestCodec.write(read.request(), read.signatureOrNull()));
    }
}
