package dev.chancery.verification.policy;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.PolicyVerifier.Judged;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Names good signatures that add nobody: by a key or identity that has signed the same before, and by one that stands under several names.
final class Repeated {
    private Repeated() {}

    /// What is to be said of one piece of evidence.
    static List<Reason> reasons(int index, List<Judged> judged, List<Candidates> candidates) {
        List<Reason> reasons = new ArrayList<>();
        Map<BoundPolicy, Set<String>> names = new LinkedHashMap<>();
        for (Judged own : judged.stream().filter(each -> each.index() == index).toList()) {
            for (VerifiedSignature signature : own.result().verified()) {
                names.computeIfAbsent(own.policy(), _ -> new TreeSet<>()).add(own.signer().name());
                earlier(own, signature, judged).ifPresent(first -> reasons.add(new Reason(ErrorCode.MEMBER_DUPLICATE,
                        "expected a signer who has not signed yet, found " + SeatCount.giver(own.signer(), signature) + " again, after "
                                + candidates.get(first).offered().place())));
            }
        }
        names.forEach((policy, several) -> {
            if (several.size() > 1) {
                reasons.add(new Reason(ErrorCode.KEY_UNDER_SEVERAL_NAMES, "expected a key that one signer of " + policy.origin() + " has, found it to be that of "
                        + String.join(" and ", several) + ", who count as one"));
            }
        });
        return List.copyOf(reasons.stream().distinct().toList());
    }

    /// The first that the same signer gave before, of the same kind: a signature and a statement of another type are two things.
    private static Optional<Integer> earlier(Judged own, VerifiedSignature signature, List<Judged> judged) {
        return judged.stream().filter(each -> each.index() < own.index() && each.policy() == own.policy() && each.signer().equals(own.signer()))
                .filter(each -> each.result().verified().stream().anyMatch(other -> SeatCount.giver(each.signer(), other).equals(SeatCount.giver(own.signer(), signature))
                        && saysTheSame(other, signature)))
                .map(Judged::index).findFirst();
    }

    private static boolean saysTheSame(VerifiedSignature one, VerifiedSignature other) {
        return one.statement().map(Statement::predicateType).equals(other.statement().map(Statement::predicateType))
                && one.statement().map(Statement::predicate).equals(other.statement().map(Statement::predicate));
    }
}
