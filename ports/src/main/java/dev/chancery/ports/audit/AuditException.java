package dev.chancery.ports.audit;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// The audit log can't be written or read.
public abstract sealed class AuditException extends ProblemException {
    private static final long serialVersionUID = 1;

    private AuditException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// An event isn't durable. What it was about must not be handed out.
    public static final class NotDurable extends AuditException {
        private static final long serialVersionUID = 1;

        public NotDurable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The log is there but can't be read.
    public static final class Unreadable extends AuditException {
        private static final long serialVersionUID = 1;

        public Unreadable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// There is no log: nothing was written down yet.
    public static final class Absent extends AuditException {
        private static final long serialVersionUID = 1;

        public Absent(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }
}
