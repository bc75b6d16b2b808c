package dev.chancery.verification.policy;

import dev.chancery.verification.Target;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.policy.PolicyResult.Attempt;
import dev.chancery.verification.policy.PolicyResult.Item;
import dev.chancery.verification.policy.PolicyVerifier.Judged;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Evidence for one artifact that is held against policies piece by piece, as it comes, however much it is: what can't count is not kept, but for
/// the first [#MOST_REJECTED] explanations. Thread-safe: signatures are verified on the threads that bring them, and their order changes nothing.
public final class PolicyHearing {
    /// Of how many pieces that were rejected it is kept why.
    public static final int MOST_REJECTED = 100;

    private final PolicyVerifier verifier;
    private final List<BoundPolicy> policies;
    private final Instant now;
    private final List<Judged> judged = new ArrayList<>();
    private final List<Heard> heard = new ArrayList<>();
    private int next;
    private int rejected;

    PolicyHearing(PolicyVerifier verifier, List<BoundPolicy> policies, Instant now) {
        this.verifier = verifier;
        this.policies = List.copyOf(policies);
        this.now = now;
    }

    /// A piece of evidence, and what came of it before anything was counted.
    private record Heard(int index, Item item) {
        Item with(List<Reason> faults, List<Reason> repeated) {
            List<Reason> reasons = new ArrayList<>(faults);
            reasons.addAll(repeated);
            reasons.addAll(item.reasons());
            return new Item(item.place(), item.attempts(), reasons, item.unreadableOrNull());
        }
    }

    /// Verifies a piece of evidence as whosever it may be. Bad evidence is remembered, never an exception.
    ///
    /// @param target what it has to be about
    public void hear(Offered offered, Target target) {
        verifier.read(offered).forEach(candidates -> hear(candidates, target));
    }

    private void hear(Candidates candidates, Target target) {
        int index = index();
        List<Judged> own = verifier.judge(index, candidates, target, policies);
        List<Attempt> attempts = own.stream().map(each -> new Attempt(each.policy().origin(), each.signer().name(), each.result())).toList();
        List<Reason> reasons = PolicyVerifier.reasons(candidates, own, policies);
        keep(own, new Heard(index, new Item(candidates.offered().place(), attempts, reasons, candidates.unreadableOrNull())));
    }

    /// Notes a piece of evidence that is about something else, whosever it is.
    public void dismiss(String place, Reason reason) {
        keep(List.of(), new Heard(index(), new Item(place, List.of(), List.of(reason), null)));
    }

    private synchronized int index() {
        return next++;
    }

    private synchronized void keep(List<Judged> own, Heard one) {
        if (one.item().verdict() == Verdict.REJECTED) {
            rejected++;
            if (rejected <= MOST_REJECTED) {
                heard.add(one);
            }
            return;
        }
        own.stream().filter(each -> each.result().verdict() != Verdict.REJECTED).forEach(judged::add);
        heard.add(one);
    }

    /// What it comes to.
    ///
    /// @param complete whether everything there is was heard; if not, what isn't met is unknown
    public synchronized PolicyResult result(boolean complete) {
        PolicyDecision decision = new PolicyDecision(judged, now, complete);
        List<PolicyResult.Decision> decisions = policies.stream().map(decision::of).toList();
        List<Heard> inOrder = heard.stream().sorted(Comparator.comparing((Heard each) -> each.item().place()).thenComparingInt(Heard::index)).toList();
        Map<Integer, Integer> ranks = new HashMap<>();
        inOrder.forEach(each -> ranks.put(each.index(), ranks.size()));
        Repeated repeated = new Repeated(judged, index -> ranks.getOrDefault(index, Integer.MAX_VALUE), index -> inOrder.get(ranks.getOrDefault(index, 0)).item().place());
        return new PolicyResult(decisions, inOrder.stream().map(each -> each.with(decision.faults(each.index()), repeated.reasons(each.index()))).toList());
    }
}
