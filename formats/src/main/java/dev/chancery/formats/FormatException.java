package dev.chancery.formats;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// A document that isn't what it should be.
public final class FormatException extends ProblemException {
    private static final long serialVersionUID = 1;

    /// @param code an F code
    /// @param why what was expected and what was found, with the place in the document
    public FormatException(ErrorCode code, String why) {
        super(new Problem(code, "the document was refused", why, "get it anew from whoever made it; it may be damaged or of another kind"), null);
    }
}
