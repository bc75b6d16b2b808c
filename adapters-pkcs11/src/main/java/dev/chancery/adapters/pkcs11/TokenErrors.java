package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;

/// Turns what a module returns into what a user is told: the one place for it.
final class TokenErrors {
    private TokenErrors() {}

    static KeyException of(String place, CkException e) {
        if (e.value() == CkException.PIN_INCORRECT || e.value() == CkException.PIN_INVALID || e.value() == CkException.PIN_LEN_RANGE) {
            return new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG, "the token " + place + " was not opened", "the PIN is wrong",
                    "check the PIN before you try again: the program tried it once, and tokens lock after a few wrong ones"), -1, e);
        }
        if (e.value() == CkException.PIN_LOCKED) {
            return new KeyException.PinLocked(new Problem(ErrorCode.PIN_LOCKED, "the token " + place + " was not opened", "its PIN is locked",
                    "ask the token's security officer to set a new PIN"), e);
        }
        if (e.value() == CkException.KEY_FUNCTION_NOT_PERMITTED) {
            return new KeyException.MayNotSign(new Problem(ErrorCode.KEY_MAY_NOT_SIGN, "nothing was signed", "the key was made without CKA_SIGN",
                    "use a key that was made for signing"), e);
        }
        return new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, "the token " + place + " failed", String.valueOf(e.getMessage()),
                "see the token's own documentation for this code"), e);
    }
}
