package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;

/// The rules around a login: what is not tried, and what a refusal means.
final class TokenLogin {
    private TokenLogin() {}

    /// Refuses a login that can't succeed or that might lock the token.
    ///
    /// @throws KeyException.PinLocked when it is locked
    /// @throws KeyException.PinFinalTry when one wrong PIN more would lock it, and nobody has confirmed that try
    /// @throws KeyException.BackendUnusable when it has no user PIN yet
    static void check(TokenInfo token, boolean finalTryConfirmed) throws KeyException {
        if (!token.has(Ck.CKF_TOKEN_INITIALIZED)) {
            throw notReady(token, "it was never initialised");
        }
        if (!token.has(Ck.CKF_LOGIN_REQUIRED)) {
            return;
        }
        if (token.has(Ck.CKF_USER_PIN_LOCKED)) {
            throw locked(token, null);
        }
        if (!token.has(Ck.CKF_USER_PIN_INITIALIZED)) {
            throw notReady(token, "it has no user PIN yet");
        }
        if (token.has(Ck.CKF_USER_PIN_FINAL_TRY) && !finalTryConfirmed) {
            throw new KeyException.PinFinalTry(new Problem(ErrorCode.PIN_FINAL_TRY, "the token " + token.label() + " was not opened",
                    "it says that one more wrong PIN locks it", "make sure of the PIN, then add --confirm-final-try"));
        }
    }

    private static KeyException.BackendUnusable notReady(TokenInfo token, String why) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.TOKEN_NOT_READY, "the token in slot " + token.slot() + " was not opened",
                why, "initialise it and set its user PIN with the token's own tool, such as pkcs11-tool --init-token and --init-pin"), null);
    }

    /// Whether the token judged a PIN, and called it wrong. Said by another function than C_Login the same codes mean nothing of the kind.
    static boolean isWrongPin(CkException e) {
        return e.function().equals("C_Login") && (e.is(Ckr.PIN_INCORRECT) || e.is(Ckr.PIN_INVALID) || e.is(Ckr.PIN_LEN_RANGE));
    }

    private static KeyException.PinLocked locked(TokenInfo token, @org.jspecify.annotations.Nullable CkException cause) {
        return new KeyException.PinLocked(new Problem(ErrorCode.PIN_LOCKED, "the token " + token.label() + " was not opened",
                "its PIN is locked", "ask the token's security officer to set a new PIN"), cause);
    }

    /// What a refused PIN means.
    ///
    /// @param after what the token says now
    static KeyException wrong(TokenInfo after, CkException cause) {
        if (after.has(Ck.CKF_USER_PIN_LOCKED)) {
            return locked(after, cause);
        }
        boolean finalTry = after.has(Ck.CKF_USER_PIN_FINAL_TRY);
        String left = finalTry ? "; one more wrong PIN locks the token"
                : after.has(Ck.CKF_USER_PIN_COUNT_LOW) ? "; the token says that few tries are left" : "";
        return new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG, "the token " + after.label() + " was not opened",
                "the PIN is wrong" + left,
                "check the PIN before you try again: the program tried it once, and "
                        + TokenProfile.of(after).warning().orElse("tokens lock after a few wrong ones")),
                finalTry ? 1 : -1, cause);
    }

    /// A PIN that was refused before by this token, or isn't the one it is logged in with.
    static KeyException.PinWrong notTried(TokenInfo token) {
        return new KeyException.PinWrong(new Problem(ErrorCode.PIN_WRONG, "the token " + token.label() + " was not opened",
                "this PIN is known to be wrong for it; it was not tried again, so that the token does not lock",
                "check where the PIN comes from"), -1, null);
    }
}
