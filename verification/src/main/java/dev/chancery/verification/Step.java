package dev.chancery.verification;

/// The steps of a verification, in their order. A step of several parts may leave several findings.
public enum Step {
    /// The evidence is within its limits and is what it claims to be.
    PARSE("parse"),
    /// The evidence is by a key that is trusted.
    KEY("key"),
    /// The evidence is about the artifact.
    ARTIFACT("artifact"),
    /// The signature verifies.
    SIGNATURE("signature"),
    /// The signed payload is a sound statement of the expected type.
    STATEMENT("statement"),
    /// Transparency log entries and timestamps.
    TRANSPARENCY("transparency");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /// How it is shown, also in JSON.
    public String label() {
        return label;
    }
}
