package dev.chancery.domain.keyring;

/// The states of a key's life (NIST SP 800-57 part 1, §7), with retiring, in which its successor signs too.
public enum KeyState {
    PRE_ACTIVATION("pre-activation"),
    ACTIVE("active"),
    RETIRING("retiring"),
    DEACTIVATED("deactivated"),
    ARCHIVED("archived"),
    COMPROMISED("compromised"),
    DESTROYED("destroyed");

    private final String label;

    KeyState(String label) {
        this.label = label;
    }

    /// How a keyring writes it.
    public String label() {
        return label;
    }

    /// Whether the key signs today, so that a signature needs no proof of when it was made.
    public boolean isSigning() {
        return this == ACTIVE || this == RETIRING;
    }
}
