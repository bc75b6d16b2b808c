package dev.chancery.verification.policy;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// A policy that can't be applied.
public final class PolicyException extends ProblemException {
    private static final long serialVersionUID = 1;

    PolicyException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
