package dev.chancery.application.signing;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// Why the signing path stopped. Nothing was handed out.
public abstract sealed class SigningException extends ProblemException {
    private static final long serialVersionUID = 1;

    private SigningException(Problem problem, @Nullable Throwable cause) {
        super(problem, cause);
    }

    /// The key isn't the expected one, or nothing says which key to expect. No signature was made.
    public static final class ExpectedKeyRefused extends SigningException {
        private static final long serialVersionUID = 1;

        ExpectedKeyRefused(Problem problem) {
            super(problem, null);
        }
    }

    /// The certificate isn't one that a signature by this key can be shown with. No signature was made.
    public static final class CertificateRefused extends SigningException {
        private static final long serialVersionUID = 1;

        CertificateRefused(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The request can't be signed by this key: algorithm or content. No signature was made.
    public static final class RequestRefused extends SigningException {
        private static final long serialVersionUID = 1;

        RequestRefused(Problem problem, @Nullable Throwable cause) {
            super(problem, cause);
        }
    }

    /// The key returned something that does not verify with the expected key. It was thrown away.
    public static final class SignatureWrong extends SigningException {
        private static final long serialVersionUID = 1;

        SignatureWrong(Problem problem) {
            super(problem, null);
        }
    }

    /// The artifact can't be read. No signature was made.
    public static final class ArtifactUnreadable extends SigningException {
        private static final long serialVersionUID = 1;

        ArtifactUnreadable(Problem problem, Throwable cause) {
            super(problem, cause);
        }
    }
}
