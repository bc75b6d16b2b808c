package dev.chancery.formats.identity;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// An identity token that can't be used. Neither message nor cause shows any of it.
public final class IdentityTokenException extends ProblemException {
    private static final long serialVersionUID = 1;

    IdentityTokenException(Problem problem) {
        super(problem, null);
    }
}
