package dev.chancery.verification;

/// The steps of a verification, in their order. A step of several parts may leave several findings.
public enum Step {
    /// The evidence is within its limits and is what it claims to be.
    PARSE("parse"),
    /// The evidence is by a key that is trusted, or has a certificate.
    KEY("key"),
    /// The evidence is about the artifact.
    ARTIFACT("artifact"),
    /// The signature verifies.
    SIGNATURE("signature"),
    /// Transparency logs have the signature.
    TRANSPARENCY("transparency"),
    /// Something proves when the signature existed.
    TIME("time"),
    /// A trusted authority issued the certificate, and it was valid then.
    CHAIN("chain"),
    /// Certificate transparency logs have promised to include the certificate.
    CERTIFICATE_TRANSPARENCY("certificate transparency"),
    /// The certificate is for whom it has to be for.
    IDENTITY("identity"),
    /// The certificates of its path were not revoked when it signed.
    REVOCATION("revocation"),
    /// The signed payload is a sound statement of the expected type.
    STATEMENT("statement");

    private final String label;

    Step(String label) {
        this.label = label;
    }

    /// How it is shown, also in JSON.
    public String label() {
        return label;
    }
}
