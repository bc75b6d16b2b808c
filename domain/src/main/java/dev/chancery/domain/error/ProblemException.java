package dev.chancery.domain.error;

import org.jspecify.annotations.Nullable;

/// The root of the checked exceptions: each port seals a family of its own below it.
public abstract class ProblemException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Problem problem;

    /// @param cause what it was translated from, if anything
    protected ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code().code() + ": " + problem.what() + ": " + problem.why(), cause);
        this.problem = problem;
    }

    /// What to tell the user.
    public Problem problem() {
        return problem;
    }
}
