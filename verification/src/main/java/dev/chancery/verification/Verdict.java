package dev.chancery.verification;

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

    /// How it is shown, also in JSON.
    public String label() {
        return label;
    }
}
