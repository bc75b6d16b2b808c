package dev.chancery.ports.sigstore;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// Why a service didn't do what it was asked. Each adapter translates what it met into this family in one place, cause kept.
public abstract sealed class ServiceException extends ProblemException {
    private static final long serialVersionUID = 1;

    private ServiceException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// The service understood and said no; asking again would change nothing.
    public static final class Refused extends ServiceException {
        private static final long serialVersionUID = 1;

        public Refused(Problem problem) {
            super(problem, null);
        }
    }

    /// The service has no such thing.
    public static final class NotFound extends ServiceException {
        private static final long serialVersionUID = 1;

        public NotFound(Problem problem) {
            super(problem, null);
        }
    }

    /// There was no answer within the budget, or only ones that say to come later: down, frozen, overloaded.
    public static final class Unavailable extends ServiceException {
        private static final long serialVersionUID = 1;

        public Unavailable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// Who answered isn't who was meant (TLS), or may not be asked in this way.
    public static final class Untrusted extends ServiceException {
        private static final long serialVersionUID = 1;

        public Untrusted(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// What came back isn't an answer to what was asked.
    public static final class Unsound extends ServiceException {
        private static final long serialVersionUID = 1;

        public Unsound(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }
}
