package dev.chancery.domain.certificate;

import java.util.Optional;

/// Why a certificate was revoked (RFC 5280 §5.3.1, CRLReason).
public enum RevocationReason {
    UNSPECIFIED("unspecified", 0),
    KEY_COMPROMISE("keyCompromise", 1),
    CA_COMPROMISE("cACompromise", 2),
    AFFILIATION_CHANGED("affiliationChanged", 3),
    SUPERSEDED("superseded", 4),
    CESSATION_OF_OPERATION("cessationOfOperation", 5),
    /// The only one that may be taken back.
    CERTIFICATE_HOLD("certificateHold", 6),
    PRIVILEGE_WITHDRAWN("privilegeWithdrawn", 9),
    AA_COMPROMISE("aACompromise", 10);

    private final String label;
    private final int number;

    RevocationReason(String label, int number) {
        this.label = label;
        this.number = number;
    }

    /// The name, as in the standard.
    public String label() {
        return label;
    }

    /// Whether somebody else may have had the key, so that what it signed before the revocation is in doubt too.
    public boolean isCompromise() {
        return this == KEY_COMPROMISE || this == CA_COMPROMISE || this == AA_COMPROMISE;
    }

    /// The reason with a number; nothing for 7, which isn't used, for 8, which stands in deltas alone, and for numbers that nobody has given.
    public static Optional<RevocationReason> ofNumber(int number) {
        for (RevocationReason reason : values()) {
            if (reason.number == number) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }
}
