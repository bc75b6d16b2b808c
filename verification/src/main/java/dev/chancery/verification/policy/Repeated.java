package dev.chancery.verification.policy;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.PolicyVerifier.Judged;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/// Names good signatures that add nobody: by a key or identity that has signed the same before, and by one that stands under several names. One look at each
/// signature, however many there are.
final class Repeated {
    private final Map<Integer, List<Judged>> byIndex = new HashMap<>();
    private final Map<Said, Integer> first = new HashMap<>();
    private final IntUnaryOperator rank;
    private final IntFunction<String> places;

    /// @param rank which evidence stands before which, by their indices
    /// @param places where evidence was found, by its index
    Repeated(List<Judged> judged, IntUnaryOperator rank, IntFunction<String> places) {
        this.rank = rank;
        this.places = places;
        for (Judged each : judged) {
            byIndex.computeIfAbsent(each.index(), _ -> new ArrayList<>()).add(each);
            for (VerifiedSignature signature : each.result().verified()) {
                first.merge(Said.of(each, signature), each.index(), (one, other) -> rank.applyAsInt(one) <= rank.applyAsInt(other) ? one : other);
            }
        }
    }

    /// What a signer of a policy said: a signature and a statement of another type are two things.
    private record Said(BoundPolicy policy, String signer, String giver, Optional<String> type, Optional<Bytes> predicate) {
        static Said of(Judged judged, VerifiedSignature signature) {
            return new Said(judged.policy(), judged.signer().name(), SeatCount.giver(judged.signer(), signature), signature.statement().map(Statement::predicateType),
                    signature.statement().map(Statement::predicate));
        }
    }

    /// What is to be said of one piece of evidence.
    List<Reason> reasons(int index) {
        List<Reason> reasons = new ArrayList<>();
        Map<BoundPolicy, Set<String>> names = new LinkedHashMap<>();
        for (Judged own : byIndex.getOrDefault(index, List.of())) {
            for (VerifiedSignature signature : own.result().verified()) {
                names.computeIfAbsent(own.policy(), _ -> new TreeSet<>()).add(own.signer().name());
                int earliest = first.getOrDefault(Said.of(own, signature), index);
                if (rank.applyAsInt(earliest) < rank.applyAsInt(index)) {
                    reasons.add(new Reason(ErrorCode.MEMBER_DUPLICATE, "expected a signer who has not signed yet, found " + SeatCount.giver(own.signer(), signature)
                            + " again, after " + places.apply(earliest)));
                }
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
}
