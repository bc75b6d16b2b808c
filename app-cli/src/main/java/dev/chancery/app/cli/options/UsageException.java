package dev.chancery.app.cli.options;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// The command line can't be carried out as it stands.
public final class UsageException extends ProblemException {
    private static final long serialVersionUID = 1;

    public UsageException(String why, String remedy) {
        this(ErrorCode.WRONG_USE, why, remedy);
    }

    public UsageException(ErrorCode code, String why, String remedy) {
        super(new Problem(code, "nothing was done", why, remedy), null);
    }
}
