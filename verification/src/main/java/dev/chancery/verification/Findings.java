package dev.chancery.verification;

import java.util.ArrayList;
import java.util.List;

/// What one verification's steps have found so far, in order. For one thread.
final class Findings {
    private final List<Finding> findings = new ArrayList<>();

    void passed(Step step, String message) {
        findings.add(new Finding(step, Finding.Outcome.PASSED, null, message));
    }

    /// Something that was there, or could have been, and that nothing depends on.
    void notRequired(Step step, String message) {
        findings.add(new Finding(step, Finding.Outcome.NOT_REQUIRED, null, message));
    }

    void stopped(Stop stop) {
        findings.addAll(stop.findings());
    }

    List<Finding> inOrder() {
        return List.copyOf(findings);
    }
}
