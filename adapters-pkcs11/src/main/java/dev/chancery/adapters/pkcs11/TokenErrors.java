package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import java.util.EnumSet;
import java.util.Set;

/// Turns what a module returns into what a user is told: the one place for it. A code means what the standard says only where the standard
/// has the function return it; from any other function it is an error of the token.
final class TokenErrors {
    private static final Set<Ckr> FORBIDDEN =
            EnumSet.of(Ckr.KEY_FUNCTION_NOT_PERMITTED, Ckr.ACTION_PROHIBITED, Ckr.FUNCTION_REJECTED, Ckr.KEY_EXHAUSTED);
    private static final Set<Ckr> INCAPABLE = EnumSet.of(Ckr.MECHANISM_INVALID, Ckr.MECHANISM_PARAM_INVALID, Ckr.KEY_TYPE_INCONSISTENT,
            Ckr.KEY_SIZE_RANGE, Ckr.CURVE_NOT_SUPPORTED, Ckr.DOMAIN_PARAMS_INVALID, Ckr.FUNCTION_NOT_SUPPORTED, Ckr.DATA_LEN_RANGE);

    private TokenErrors() {}

    /// @param place the token, key or module that was being used
    static KeyException of(String place, CkException e) {
        Ckr code = Ckr.of(e.value()).orElse(Ckr.GENERAL_ERROR);
        return switch (e.function()) {
            case "C_Login" -> ofLogin(place, code, e);
            case "C_SignInit", "C_Sign", "C_GenerateKeyPair" -> ofUse(place, code, e);
            default -> ofAny(place, code, e);
        };
    }

    private static KeyException ofLogin(String place, Ckr code, CkException e) {
        if (TokenLogin.isWrongPin(e)) {
            return new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG, place + " was not opened", said(e) + ": the PIN is wrong",
                    "check the PIN before you try again: the program tried it once, and tokens lock after a few wrong ones"), -1, e);
        }
        if (code == Ckr.PIN_LOCKED) {
            return new KeyException.PinLocked(new Problem(ErrorCode.PIN_LOCKED, place + " was not opened", said(e) + ": the PIN is locked",
                    "ask the token's security officer to set a new PIN"), e);
        }
        if (code == Ckr.PIN_EXPIRED || code == Ckr.USER_PIN_NOT_INITIALIZED) {
            return new KeyException.BackendUnusable(new Problem(ErrorCode.TOKEN_NOT_READY, place + " was not opened",
                    said(e) + (code == Ckr.PIN_EXPIRED ? ": the PIN has expired" : ": it has no user PIN yet"),
                    "set a new PIN with the token's own tool"), e);
        }
        return ofAny(place, code, e);
    }

    private static KeyException ofUse(String place, Ckr code, CkException e) {
        if (FORBIDDEN.contains(code)) {
            return new KeyException.MayNotSign(new Problem(ErrorCode.KEY_MAY_NOT_SIGN, place + " did not sign",
                    said(e) + ": the token does not let this key sign", "use a key that was made for signing"), e);
        }
        if (INCAPABLE.contains(code)) {
            return new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, place + " did nothing",
                    said(e) + ": the token does not do this with such a key", "see chancery key show for what the key can do"), e);
        }
        return ofAny(place, code, e);
    }

    private static KeyException ofAny(String place, Ckr code, CkException e) {
        return code.isRemoval()
                ? new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_LOST, place + " went away", said(e),
                        "put the token back or mend its connection, and try again: the next call opens it anew"), e)
                : new KeyException.DeviceFailed(new Problem(ErrorCode.TOKEN_FAILED, place + " failed", said(e),
                        "try again; if it stays so, see the token's own documentation and log for this code"), e);
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
