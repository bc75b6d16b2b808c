package dev.chancery.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The whole verifier, over an artifact that nobody has signed: whatever is offered as evidence, the answer is never *accepted*, and there is
/// always one.
class VerificationEngineFuzz {
    private static final Target UNSIGNED = Verifying.artifact(Bytes.ofUtf8("nobody has signed this\n"));
    private static final List<Trust> TRUSTS;

    static {
        try {
            TRUSTS = List.of(Verifying.key(), Verifying.identity());
        } catch (Exception e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    static Stream<Arguments> seeds() {
        return Verifying.bundles();
    }

    @MethodSource("seeds")
    @FuzzTest(maxDuration = Fuzzing.DURATION)
    void whatNobodyHasSignedIsNeverAccepted(byte[] input) {
        for (Trust trust : TRUSTS) {
            VerificationResult result = Verifying.ENGINE.verify(new VerificationRequest(new Evidence.BundleBytes(Bytes.copyOf(input)), UNSIGNED, trust, new Expectations(null)));
            if (result.verdict() == Verdict.ACCEPTED || !result.verified().isEmpty() || result.reasons().isEmpty()) {
                throw new AssertionError("accepted, or rejected without a reason: " + result.findings());
            }
        }
    }
}
