package dev.chancery.verification.policy;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.text.SafeText;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The answer to evidence under policies. Only [PolicyVerifier] can make one.
public final class PolicyResult {
    private final Verdict verdict;
    private final List<Decision> policies;
    private final List<Item> evidence;

    PolicyResult(List<Decision> policies, List<Item> evidence) {
        this.verdict = Verdict.all(policies.stream().map(Decision::verdict).toList());
        this.policies = List.copyOf(policies);
        this.evidence = List.copyOf(evidence);
    }

    /// What one policy comes to.
    ///
    /// @param origin where the policy came from
    /// @param digest of the policy's file
    public record Decision(String origin, Digest digest, Verdict verdict, List<DemandOutcome> demands) {
        public Decision {
            origin = SafeText.oneLine(origin);
            demands = List.copyOf(demands);
        }
    }

    /// What one demand of a policy comes to.
    ///
    /// @param demand in words
    /// @param role whose signatures are wanted
    /// @param wanted how many distinct ones
    /// @param counted who counts: people or signers, as the role tells them apart
    /// @param missing who else could
    /// @param message one line: what was expected and what was found
    public record DemandOutcome(String demand, String role, int wanted, Set<String> counted, Set<String> missing, Verdict verdict, String message) {
        public DemandOutcome {
            missing = Set.copyOf(missing);
            message = SafeText.oneLine(message);
            counted = Set.copyOf(counted);
        }
    }

    /// What came of one piece of evidence.
    ///
    /// @param place what it is called
    /// @param attempts one for each signer of a policy whose it may be
    /// @param reasons why it doesn't count, or not everywhere, beside what the attempts say
    /// @param unreadableOrNull set when it is no evidence at all
    public record Item(String place, List<Attempt> attempts, List<Reason> reasons, @Nullable Problem unreadableOrNull) {
        public Item {
            place = SafeText.oneLine(place);
            attempts = List.copyOf(attempts);
            reasons = List.copyOf(reasons);
        }

        /// Accepted as somebody's whom a policy names; else unknown when it may be; else rejected.
        public Verdict verdict() {
            if (attempts.stream().anyMatch(attempt -> attempt.result().verdict() == Verdict.ACCEPTED)) {
                return Verdict.ACCEPTED;
            }
            return attempts.stream().anyMatch(attempt -> attempt.result().verdict() == Verdict.UNKNOWN) ? Verdict.UNKNOWN : Verdict.REJECTED;
        }
    }

    /// One piece of evidence held against one signer.
    ///
    /// @param policy origin of the policy
    /// @param signer name in that policy
    public record Attempt(String policy, String signer, VerificationResult result) {}

    /// What it comes to.
    public Verdict verdict() {
        return verdict;
    }

    /// The policies that decided, in the order they were given; each of them must be met.
    public List<Decision> policies() {
        return policies;
    }

    /// What was offered, in its order.
    public List<Item> evidence() {
        return evidence;
    }

    /// The signatures that verified as somebody's whom a policy names; empty unless the verdict is accepted.
    public List<VerifiedSignature> verified() {
        if (verdict != Verdict.ACCEPTED) {
            return List.of();
        }
        return evidence.stream().flatMap(item -> item.attempts().stream().flatMap(attempt -> attempt.result().verified().stream()).limit(1)).toList();
    }

    /// What stands against acceptance; empty when accepted, never empty otherwise.
    public List<Reason> reasons() {
        if (verdict == Verdict.ACCEPTED) {
            return List.of();
        }
        List<Reason> reasons = new ArrayList<>();
        for (Decision policy : policies) {
            for (DemandOutcome demand : policy.demands()) {
                if (demand.verdict() != Verdict.ACCEPTED) {
                    reasons.add(new Reason(demand.verdict() == Verdict.UNKNOWN ? ErrorCode.DEMAND_UNDECIDED : ErrorCode.DEMAND_NOT_MET,
                            policy.origin() + ": " + demand.message()));
                }
            }
        }
        for (Item item : evidence) {
            item.reasons().forEach(reason -> reasons.add(new Reason(reason.code(), item.place() + ": " + reason.message())));
            if (item.verdict() != Verdict.ACCEPTED) {
                item.attempts().forEach(attempt -> attempt.result().reasons().forEach(reason ->
                        reasons.add(new Reason(reason.code(), item.place() + " as " + attempt.signer() + "'s: " + reason.message()))));
            }
        }
        return List.copyOf(reasons.stream().distinct().toList());
    }

    /// Set when nothing that was offered is evidence at all, or the artifact could not be read: the input is at fault, and the verdict
    /// says nothing about a signature.
    public Optional<Problem> unreadable() {
        if (verdict == Verdict.ACCEPTED) {
            return Optional.empty();
        }
        Optional<Problem> artifact = evidence.stream().flatMap(item -> item.attempts().stream())
                .flatMap(attempt -> attempt.result().unreadable().stream()).findFirst();
        if (artifact.isPresent() || evidence.isEmpty() || evidence.stream().anyMatch(item -> item.unreadableOrNull() == null)) {
            return artifact;
        }
        return Optional.ofNullable(evidence.getFirst().unreadableOrNull());
    }
}
