package dev.chancery.ports.identity;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// Why there is no identity token. No message holds one, or a code that one could be had for.
public final class IdentityException extends ProblemException {
    private static final long serialVersionUID = 1;

    public IdentityException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
