package dev.chancery.ports.crypto;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import org.jspecify.annotations.Nullable;

/// A public key that can't be read or isn't accepted.
public final class PublicKeyException extends ProblemException {
    private static final long serialVersionUID = 1;

    /// @param why what is wrong with it, in one line
    public PublicKeyException(String why, @Nullable Throwable cause) {
        super(new Problem(ErrorCode.PUBLIC_KEY_MALFORMED, "the public key cannot be read", why,
                "give a PEM file with one PUBLIC KEY block, as chancery key export and openssl write it"), cause);
    }
}
