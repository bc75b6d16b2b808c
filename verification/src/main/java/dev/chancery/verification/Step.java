package dev.chancery.verification;

/// The steps of a verification, in their order.
public enum Step {
    PARSE("parse"),
    ARTIFACT("artifact"),
    STATEMENT("statement"),
    KEY("key"),
    SIGNATURE("signature"),
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
