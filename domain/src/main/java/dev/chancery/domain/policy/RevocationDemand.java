package dev.chancery.domain.policy;

import java.util.Optional;

/// Whether certificates must be shown not to be revoked.
public enum RevocationDemand {
    /// Nobody looks.
    OFF("off"),
    /// What says that a certificate is revoked counts; that nothing can be learnt doesn't matter.
    WHEN_AVAILABLE("when-available"),
    /// Each certificate below the trust anchor needs evidence from the right time.
    REQUIRED("required");

    private final String label;

    RevocationDemand(String label) {
        this.label = label;
    }

    /// How a policy writes it.
    public String label() {
        return label;
    }

    /// The demand that is written so.
    public static Optional<RevocationDemand> ofLabel(String label) {
        for (RevocationDemand demand : values()) {
            if (demand.label.equals(label)) {
                return Optional.of(demand);
            }
        }
        return Optional.empty();
    }
}
