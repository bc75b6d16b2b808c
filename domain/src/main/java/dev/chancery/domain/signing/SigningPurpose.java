package dev.chancery.domain.signing;

/// What a signature is for. A signature over a file and one over a DSSE encoding are the same bytes to a verifier, so a purpose is
/// part of every request, is checked before a key is asked, and is written into the audit log.
public enum SigningPurpose {
    /// The content of a file or of another artifact.
    ARTIFACT("artifact"),
    /// A DSSE payload: an in-toto statement.
    STATEMENT("statement"),
    /// A PKCS #10 request for a certificate of the key itself.
    CERTIFICATE_REQUEST("certificate-request"),
    /// The name of an identity, to show a certificate authority that the key is at hand.
    PROOF_OF_POSSESSION("proof-of-possession");

    private final String label;

    SigningPurpose(String label) {
        this.label = label;
    }

    /// The name in our documents.
    public String label() {
        return label;
    }
}
