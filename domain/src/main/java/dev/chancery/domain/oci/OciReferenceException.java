package dev.chancery.domain.oci;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// What was given names no OCI content.
public final class OciReferenceException extends ProblemException {
    private static final long serialVersionUID = 1;

    OciReferenceException(Problem problem) {
        super(problem, null);
    }
}
