package dev.chancery.domain.signing;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// A request that no key is asked to sign.
public final class SigningRefused extends ProblemException {
    private static final long serialVersionUID = 1;

    public SigningRefused(Problem problem) {
        super(problem, null);
    }
}
