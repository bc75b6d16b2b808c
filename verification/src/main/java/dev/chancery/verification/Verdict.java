package dev.chancery.verification;

import java.util.Collection;

/// What a verification comes to.
public enum Verdict {
    ACCEPTED("accepted"),
    REJECTED("rejected"),
    /// Evidence is missing, stale or out of reach: neither good nor bad.
    UNKNOWN("unknown");

    private final String label;

    Verdict(String label) {
        this.label = label;
    }

    /// Of several thresholds that must all be met: all accepted is accepted, any rejected is rejected, else unknown.
    public static Verdict all(Collection<Verdict> verdicts) {
        if (verdicts.contains(REJECTED)) {
            return REJECTED;
        }
        return verdicts.contains(UNKNOWN) ? UNKNOWN : ACCEPTED;
    }

    /// How it is shown, also in JSON.
    public String label() {
        return label;
    }
}
