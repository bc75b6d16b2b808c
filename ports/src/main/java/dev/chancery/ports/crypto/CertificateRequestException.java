package dev.chancery.ports.crypto;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// A certificate request that can't be made as it was asked for.
public final class CertificateRequestException extends ProblemException {
    private static final long serialVersionUID = 1;

    /// @param why what can't be said in a request, in one line
    /// @param remedy what to say instead
    public CertificateRequestException(String why, String remedy, @Nullable Throwable cause) {
        super(new Problem(ErrorCode.CERTIFICATE_REQUEST_INVALID, "no certificate request was made", why, remedy), cause);
    }
}
