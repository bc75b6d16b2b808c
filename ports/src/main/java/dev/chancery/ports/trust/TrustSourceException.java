package dev.chancery.ports.trust;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// Why trust can't be fetched or kept.
public abstract sealed class TrustSourceException extends ProblemException {
    private static final long serialVersionUID = 1;

    private TrustSourceException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// The mirror can't be reached, or what it sends can't be used.
    public static final class MirrorFailed extends TrustSourceException {
        private static final long serialVersionUID = 1;

        public MirrorFailed(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// What was pulled before can't be read or written.
    public static final class StoreFailed extends TrustSourceException {
        private static final long serialVersionUID = 1;

        public StoreFailed(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }
}
