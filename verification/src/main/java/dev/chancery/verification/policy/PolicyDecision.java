package dev.chancery.verification.policy;

import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.Role;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import dev.chancery.verification.policy.PolicyResult.DemandOutcome;
import dev.chancery.verification.policy.PolicyVerifier.Judged;
import dev.chancery.verification.roles.DistinctCount.Ballot;
import dev.chancery.verification.roles.DistinctCount.Count;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/// Counts verified signatures against what policies demand, and remembers why some don't count. For one thread and one verification.
final class PolicyDecision {
    private final List<Judged> judged;
    private final Instant now;
    private final boolean complete;
    private final Map<Integer, Set<Reason>> faults = new HashMap<>();

    /// @param complete whether all the evidence there is was looked at; if not, what isn't met may be met by the rest
    PolicyDecision(List<Judged> judged, Instant now, boolean complete) {
        this.judged = judged;
        this.now = now;
        this.complete = complete;
    }

    /// What one policy comes to. Demands for signatures over the artifact are settled together, so that a signature counts in one role;
    /// what a statement says may serve several demands.
    PolicyResult.Decision of(BoundPolicy policy) {
        List<Demand> signatures = policy.policy().demands().stream().filter(demand -> demand instanceof Demand.Signature).distinct().toList();
        Map<Demand, DemandOutcome> outcomes = new HashMap<>();
        if (!signatures.isEmpty()) {
            settle(policy, signatures, outcomes);
        }
        for (Demand demand : policy.policy().demands()) {
            if (demand instanceof Demand.Attestation) {
                settle(policy, List.of(demand), outcomes);
            }
        }
        List<DemandOutcome> inOrder = policy.policy().demands().stream().map(demand -> Objects.requireNonNull(outcomes.get(demand))).toList();
        return new PolicyResult.Decision(policy.origin(), policy.policy().digest(), Verdict.all(inOrder.stream().map(DemandOutcome::verdict).toList()), inOrder);
    }

    /// Why a piece of evidence that verified does not count for something it is about.
    List<Reason> faults(int index) {
        return List.copyOf(faults.getOrDefault(index, Set.of()));
    }

    private void settle(BoundPolicy policy, List<Demand> demands, Map<Demand, DemandOutcome> outcomes) {
        List<Role> roles = demands.stream().map(demand -> Objects.requireNonNull(policy.policy().roles().get(demand.role()))).toList();
        List<Integer> thresholds = roles.stream().map(Role::threshold).toList();
        Set<Ballot> accepted = new HashSet<>();
        Set<Ballot> possible = new HashSet<>();
        for (Judged each : judged) {
            for (int i = 0; i < roles.size(); i++) {
                if (each.policy() == policy && roles.get(i).signers().contains(each.signer().name())) {
                    vote(each, i, demands.get(i), roles.get(i), accepted, possible);
                }
            }
        }
        Count count = SeatCount.of(roles, accepted);
        Verdict verdict = Verdict.ACCEPTED;
        if (!met(thresholds, count.counted())) {
            possible.addAll(accepted);
            Count most = SeatCount.of(roles, possible);
            verdict = !complete || met(thresholds, most.counted()) || !most.proven() ? Verdict.UNKNOWN : Verdict.REJECTED;
        }
        for (int i = 0; i < demands.size(); i++) {
            boolean own = count.counted().get(i).size() >= thresholds.get(i);
            outcomes.put(demands.get(i), outcome(demands.get(i), roles.get(i), policy, count.counted().get(i), own ? Verdict.ACCEPTED : verdict));
        }
    }

    private void vote(Judged each, int role, Demand demand, Role wanted, Set<Ballot> accepted, Set<Ballot> possible) {
        BoundSigner signer = each.signer();
        if (each.result().verdict() == Verdict.UNKNOWN && (demand instanceof Demand.Signature || each.attestation())) {
            possible.add(new Ballot("unknown " + each.index(), role, SeatCount.seat(signer, wanted), SeatCount.marks(signer, wanted)));
        }
        for (VerifiedSignature signature : each.result().verified()) {
            if (DemandCheck.isAbout(demand, signature)) {
                List<Reason> wrong = new DemandCheck(each.policy(), wanted, now).faults(demand, signature);
                if (wrong.isEmpty()) {
                    accepted.add(new Ballot(SeatCount.giver(signer, signature), role, SeatCount.seat(signer, wanted), SeatCount.marks(signer, signature, wanted)));
                } else {
                    faults.computeIfAbsent(each.index(), _ -> new LinkedHashSet<>()).addAll(wrong);
                }
            }
        }
    }

    private static boolean met(List<Integer> thresholds, List<Set<String>> counted) {
        for (int i = 0; i < thresholds.size(); i++) {
            if (counted.get(i).size() < thresholds.get(i)) {
                return false;
            }
        }
        return true;
    }

    private static DemandOutcome outcome(Demand demand, Role role, BoundPolicy policy, Set<String> counted, Verdict verdict) {
        Set<String> all = new TreeSet<>();
        for (BoundSigner signer : policy.signers()) {
            if (role.signers().contains(signer.name())) {
                all.add(SeatCount.seat(signer, role));
            }
        }
        String words = switch (demand) {
            case Demand.Signature _ -> "signatures";
            case Demand.Attestation attestation -> "attestations of type " + attestation.predicateType();
        };
        Set<String> missing = new TreeSet<>(all);
        missing.removeAll(counted);
        List<String> found = new ArrayList<>(new TreeSet<>(counted));
        return new DemandOutcome(words, demand.role(), role.threshold(), counted, missing, verdict, "expected " + words + " of " + demand.role() + " by " + role.threshold()
                + " of " + all + ", found " + (found.isEmpty() ? "none" : found.toString()));
    }
}
