package dev.chancery.application.evidence;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// Why a signature has not the evidence it was to have. No bundle was handed out.
public abstract sealed class EvidenceException extends ProblemException {
    private static final long serialVersionUID = 1;

    private EvidenceException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// Nothing was signed yet.
    public static final class BeforeSigning extends EvidenceException {
        private static final long serialVersionUID = 1;

        BeforeSigning(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The signature was made; it is here, with what was collected so far.
    public static final class Incomplete extends EvidenceException {
        private static final long serialVersionUID = 1;

        private final transient PendingSignature pending;

        Incomplete(Problem problem, PendingSignature pending, @Nullable Throwable cause) {
            super(problem, cause);
            this.pending = pending;
        }

        /// What must not be lost.
        public PendingSignature pending() {
            return pending;
        }
    }

    /// The file of an unfinished signature can't be gone on with.
    public static final class PendingInvalid extends EvidenceException {
        private static final long serialVersionUID = 1;

        PendingInvalid(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }
}
