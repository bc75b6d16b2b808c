package dev.chancery.app.cli.io;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// A file that the user named can't be read or written.
public final class FileProblem extends ProblemException {
    private static final long serialVersionUID = 1;

    FileProblem(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }
}
