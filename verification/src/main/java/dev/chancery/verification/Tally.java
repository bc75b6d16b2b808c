package dev.chancery.verification;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Counts the pieces of evidence of one step against a threshold. Of k that are wanted, with a distinct ones that hold and u that can't
/// be judged: passed when a ≥ k, else unknown when a + u ≥ k, else rejected. What fails beside enough that hold changes nothing, so
/// that nobody can spoil good evidence by adding to it.
final class Tally {
    private final Step step;
    private final Map<String, String> holding = new LinkedHashMap<>();
    private final List<Finding> failing = new ArrayList<>();
    private int unknown;

    Tally(Step step) {
        this.step = step;
    }

    /// @param giver by whom it is; a second piece of the same giver adds nothing
    void holds(String giver, String message) {
        holding.putIfAbsent(giver, message);
    }

    void fails(Stop stop) {
        failing.addAll(stop.findings());
        if (stop.verdict() == Verdict.UNKNOWN) {
            unknown++;
        }
    }

    boolean reached(int wanted) {
        return holding.size() >= wanted;
    }

    /// Leaves the step's findings.
    ///
    /// @param missing what to say when too few hold and none fails
    void settle(int wanted, Stop missing, Findings findings) throws Stop {
        holding.values().forEach(message -> findings.passed(step, message));
        if (reached(wanted)) {
            failing.forEach(finding -> findings.notRequired(finding.step(), "passed over: " + finding.message()));
            return;
        }
        Verdict verdict = holding.size() + unknown >= wanted ? Verdict.UNKNOWN : Verdict.REJECTED;
        if (failing.isEmpty()) {
            throw missing;
        }
        throw Stop.of(verdict == Verdict.UNKNOWN ? onlyUnknown() : failing, verdict);
    }

    /// What stands between this and acceptance.
    private List<Finding> onlyUnknown() {
        return failing.stream().filter(finding -> finding.outcome() == Finding.Outcome.UNKNOWN).toList();
    }
}
