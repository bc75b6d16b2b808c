package dev.chancery.verification;

/// Everything a verification depends on.
public record VerificationRequest(Evidence evidence, Target target, Trust trust, Expectations expectations) {}
