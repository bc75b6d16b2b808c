package dev.chancery.verification;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Looks for one member of a quorum that a trust accepts, in any place among others. What those come to changes nothing.
final class AnyMember {
    /// Told by what a member says of itself: it is somebody else's.
    private static final Set<ErrorCode> OF_ANOTHER = EnumSet.of(ErrorCode.KEY_MISMATCH, ErrorCode.KEY_ID_MISMATCH, ErrorCode.CERTIFICATE_MISSING,
            ErrorCode.IDENTITY_MISMATCH, ErrorCode.IDENTITY_ISSUER_MISMATCH, ErrorCode.SECURITY_KEY_UNEXPECTED, ErrorCode.SECURITY_KEY_EXPECTED);

    private AnyMember() {}

    static VerificationResult verify(VerificationEngine engine, QuorumBundle quorum, VerificationRequest request, Findings findings) throws Stop {
        findings.passed(Step.PARSE, "a quorum of " + quorum.members().size() + (quorum.members().size() == 1 ? " member" : " members"));
        ArtifactOnce artifact = new ArtifactOnce();
        artifact.addStatement(quorum.payload());
        Target target = artifact.read(request.target());
        List<Finding> failing = new ArrayList<>();
        Verdict verdict = Verdict.REJECTED;
        int number = 0;
        for (Member member : quorum.members()) {
            number++;
            VerificationResult result = engine.verify(new VerificationRequest(Evidence.of(member), target, request.trust(), request.expectations(),
                    request.requirements()));
            if (result.verdict() == Verdict.ACCEPTED) {
                findings.passed(Step.KEY, "member " + number + " decides");
                return result.after(findings);
            }
            if (result.reasons().stream().anyMatch(reason -> OF_ANOTHER.contains(reason.code()))) {
                String place = "member " + number + " is somebody else's: ";
                result.reasons().forEach(reason -> findings.notRequired(Step.KEY, place + reason.message()));
            } else {
                failing.addAll(named(number, result));
                verdict = result.verdict() == Verdict.UNKNOWN ? Verdict.UNKNOWN : verdict;
            }
        }
        if (failing.isEmpty()) {
            throw Stop.rejected(Step.KEY, ErrorCode.MEMBER_FOREIGN, "expected a signature by whom is trusted here among the " + quorum.members().size()
                    + " of the quorum, found only others'");
        }
        throw Stop.of(failing, verdict);
    }

    private static List<Finding> named(int number, VerificationResult result) {
        return result.findings().stream().filter(finding -> finding.code().isPresent())
                .map(finding -> new Finding(finding.step(), finding.outcome(), finding.codeOrNull(), "member " + number + ": " + finding.message())).toList();
    }
}
