package dev.chancery.domain.error;

/// How the program ends, for scripts. The numbers are part of its interface and never change.
public enum ExitStatus {
    /// Accepted, or done.
    DONE(0),
    /// Verification came to "rejected".
    REJECTED(1),
    /// The command line or a configuration is wrong.
    WRONG_USE(2),
    /// Verification came to "unknown": evidence is stale or could not be reached.
    UNKNOWN(3),
    /// A key, token or PIN cannot be used.
    KEY(4),
    /// A remote service failed or refused.
    REMOTE(5),
    /// An input cannot be read, or an output cannot be written.
    UNREADABLE(6),
    /// A defect of the program itself.
    DEFECT(70);

    private final int number;

    ExitStatus(int number) {
        this.number = number;
    }

    /// The process's exit status.
    public int number() {
        return number;
    }
}
