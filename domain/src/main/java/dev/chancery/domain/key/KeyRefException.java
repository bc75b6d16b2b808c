package dev.chancery.domain.key;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// A key reference that cannot be used.
public final class KeyRefException extends ProblemException {
    private static final long serialVersionUID = 1;

    public KeyRefException(Problem problem) {
        super(problem, null);
    }
}
