package dev.chancery.ports.registry;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// A place of OCI content did not give or take something. Except [Absent], none says anything about what is there.
public abstract sealed class RegistryException extends ProblemException {
    private static final long serialVersionUID = 1;

    private RegistryException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// No answer came, or not to its end.
    public static final class Unreachable extends RegistryException {
        private static final long serialVersionUID = 1;

        public Unreachable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// It wants other credentials, or doesn't permit it.
    public static final class Denied extends RegistryException {
        private static final long serialVersionUID = 1;

        public Denied(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// It wants fewer requests, and the time for tries is used up.
    public static final class Throttled extends RegistryException {
        private static final long serialVersionUID = 1;

        public Throttled(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// It reported an error, or a file system did.
    public static final class Failed extends RegistryException {
        private static final long serialVersionUID = 1;

        public Failed(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// What came is not what the protocol, a digest or a size says it must be, or is over a limit. It was thrown away.
    public static final class Unsound extends RegistryException {
        private static final long serialVersionUID = 1;

        public Unsound(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// It says for certain that there is no such content.
    public static final class Absent extends RegistryException {
        private static final long serialVersionUID = 1;

        public Absent(Problem problem) {
            super(problem, null);
        }
    }

    /// Credentials or settings can't be used. Nothing was asked.
    public static final class Unusable extends RegistryException {
        private static final long serialVersionUID = 1;

        public Unusable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// Others keep overwriting the list of referrers, and the time for tries is used up. The content itself is stored.
    public static final class Lost extends RegistryException {
        private static final long serialVersionUID = 1;

        public Lost(Problem problem) {
            super(problem, null);
        }
    }
}
