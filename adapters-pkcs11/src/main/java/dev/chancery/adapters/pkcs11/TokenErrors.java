package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;

/// Turns what a module returns into what a user is told: the one place for it.
final class TokenErrors {
    private TokenErrors() {}

    /// @param place the token, key or module that was being used
    static KeyException of(String place, CkException e) {
        Ckr code = Ckr.of(e.value()).orElse(Ckr.GENERAL_ERROR);
        return switch (code) {
            case PIN_INCORRECT, PIN_INVALID, PIN_LEN_RANGE -> new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG,
                    place + " was not opened", said(e) + ": the PIN is wrong",
                    "check the PIN before you try again: the program tried it once, and tokens lock after a few wrong ones"), -1, e);
            case PIN_EXPIRED -> new KeyException.BackendUnusable(new Problem(ErrorCode.TOKEN_NOT_READY, place + " was not opened",
                    said(e) + ": the PIN has expired", "set a new PIN with the token's own tool"), e);
            case PIN_LOCKED -> new KeyException.PinLocked(new Problem(ErrorCode.PIN_LOCKED, place + " was not opened",
                    said(e) + ": the PIN is locked", "ask the token's security officer to set a new PIN"), e);
            case USER_PIN_NOT_INITIALIZED -> new KeyException.BackendUnusable(new Problem(ErrorCode.TOKEN_NOT_READY,
                    place + " was not opened", said(e) + ": it has no user PIN yet", "set its user PIN with the token's own tool"), e);
            case KEY_FUNCTION_NOT_PERMITTED, ACTION_PROHIBITED, FUNCTION_REJECTED, KEY_EXHAUSTED -> new KeyException.MayNotSign(
                    new Problem(ErrorCode.KEY_MAY_NOT_SIGN, place + " did not sign", said(e) + ": the token does not let this key sign",
                            "use a key that was made for signing"), e);
            case MECHANISM_INVALID, MECHANISM_PARAM_INVALID, KEY_TYPE_INCONSISTENT, KEY_SIZE_RANGE, CURVE_NOT_SUPPORTED,
                    DOMAIN_PARAMS_INVALID, FUNCTION_NOT_SUPPORTED, DATA_LEN_RANGE -> new KeyException.AlgorithmUnsupported(
                    new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, place + " did nothing", said(e) + ": the token does not do this with such a key",
                            "see chancery key show for what the key can do"), e);
            default -> code.isRemoval()
                    ? new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_LOST, place + " went away", said(e),
                            "put the token back or mend its connection, and try again: the next call opens it anew"), e)
                    : new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, place + " failed", said(e),
                            "try again; if it stays so, see the token's own documentation and log for this code"), e);
        };
    }

    /// C_Sign of a whole message: what the token says of its length.
    static KeyException ofMessage(String place, int length, CkException e) {
        if (e.is(Ckr.TOKEN_RESOURCE_EXCEEDED) || e.is(Ckr.DATA_LEN_RANGE)) {
            return new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.MESSAGE_BEYOND_KEY, place + " did not sign",
                    said(e) + " for a message of " + length + " bytes, which the algorithm wants whole",
                    "use a key that signs digests, or sign a statement about the file with chancery attest"), e);
        }
        return of(place, e);
    }

    private static String said(CkException e) {
        return String.valueOf(e.getMessage());
    }
}
