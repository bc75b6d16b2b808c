package dev.chancery.ports.key;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// Why a key can't be opened, made or used. Each adapter translates its own errors into this family in one place, cause kept.
public abstract sealed class KeyException extends ProblemException {
    private static final long serialVersionUID = 1;

    private KeyException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// The PIN or passphrase was wrong. It is never tried again by the program.
    public static final class PinWrong extends KeyException {
        private static final long serialVersionUID = 1;

        private final int attemptsRemaining;

        /// @param attemptsRemaining how many tries are left; negative when the back end doesn't say
        public PinWrong(Problem problem, int attemptsRemaining, @Nullable Throwable cause) {
            super(problem, cause);
            this.attemptsRemaining = attemptsRemaining;
        }

        /// How many tries are left, when the back end says.
        public OptionalInt attemptsRemaining() {
            return attemptsRemaining < 0 ? OptionalInt.empty() : OptionalInt.of(attemptsRemaining);
        }
    }

    /// The PIN is locked; only the token's security officer can help.
    public static final class PinLocked extends KeyException {
        private static final long serialVersionUID = 1;

        public PinLocked(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The token says that one more wrong PIN locks it, and the user has not confirmed that try.
    public static final class PinFinalTry extends KeyException {
        private static final long serialVersionUID = 1;

        public PinFinalTry(Problem problem) {
            super(problem, null);
        }
    }

    /// A PIN is needed and there is none, or its source can't be read.
    public static final class PinUnavailable extends KeyException {
        private static final long serialVersionUID = 1;

        public PinUnavailable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The place where the key should be can't be used: module, token, file, service.
    public static final class BackendUnusable extends KeyException {
        private static final long serialVersionUID = 1;

        public BackendUnusable(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// No key matches, or more than one does; with what is there.
    public static final class NotOne extends KeyException {
        private static final long serialVersionUID = 1;

        private final transient List<String> present;

        /// @param present the keys that are there, or that match, each as a line to show; text from outside
        public NotOne(Problem problem, List<String> present) {
            super(problem, null);
            this.present = List.copyOf(present);
        }

        /// The keys that are there (none matched) or that match (more than one did).
        public List<String> present() {
            return present;
        }
    }

    /// A key of that name is there already.
    public static final class Exists extends KeyException {
        private static final long serialVersionUID = 1;

        public Exists(Problem problem) {
            super(problem, null);
        }
    }

    /// The key is there but may not sign, or not for this.
    public static final class MayNotSign extends KeyException {
        private static final long serialVersionUID = 1;

        public MayNotSign(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The key or its back end doesn't do this algorithm or kind of key.
    public static final class AlgorithmUnsupported extends KeyException {
        private static final long serialVersionUID = 1;

        public AlgorithmUnsupported(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// There was no answer in time. Whether the key has signed isn't known.
    public static final class DeadlineExceeded extends KeyException {
        private static final long serialVersionUID = 1;

        public DeadlineExceeded(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The device reported an error while it was being used.
    public static final class DeviceFailed extends KeyException {
        private static final long serialVersionUID = 1;

        public DeviceFailed(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// This back end has no such operation.
    public static final class Unsupported extends KeyException {
        private static final long serialVersionUID = 1;

        public Unsupported(String what, String remedy) {
            super(new Problem(ErrorCode.NOT_SUPPORTED_HERE, what, "this kind of key has no such operation", remedy), null);
        }
    }
}
