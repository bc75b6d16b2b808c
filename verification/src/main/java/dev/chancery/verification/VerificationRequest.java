package dev.chancery.verification;

/// Everything a verification depends on.
public record VerificationRequest(Evidence evidence, Target target, Trust trust, Expectations expectations, Requirements requirements) {
    /// With the evidence that is usual for the trust.
    public VerificationRequest(Evidence evidence, Target target, Trust trust, Expectations expectations) {
        this(evidence, target, trust, expectations, trust.usualRequirements());
    }
}
