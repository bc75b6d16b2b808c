package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.ports.key.KeyException;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// What a token's flags (PKCS#11 v3.1 §3.3, CK_TOKEN_INFO) mean for a login. SoftHSM2 never sets those about wrong PINs.
class TokenLoginTest {
    private static final long READY = 0x4 | 0x8 | 0x400; // login required, user PIN initialised, token initialised
    private static final long COUNT_LOW = 0x10000;
    private static final long FINAL_TRY = 0x20000;
    private static final long LOCKED = 0x40000;

    private static TokenInfo token(long flags) {
        return new TokenInfo(1, "officer", "maker", "model", "0042", flags, 0, 0, 8, 4, "1.0", "2.3", "");
    }

    private static void refused(ErrorCode code, long flags, boolean confirmed) {
        assertEquals(code, assertThrows(KeyException.class, () -> TokenLogin.check(token(flags), confirmed)).problem().code());
    }

    @Test
    void aTokenInGoodOrderIsOpened() {
        assertDoesNotThrow(() -> TokenLogin.check(token(READY), false));
        assertDoesNotThrow(() -> TokenLogin.check(token(READY | COUNT_LOW), false));
    }

    @Test
    void theFinalTryIsUsedOnlyWhenItWasConfirmed() {
        refused(ErrorCode.PIN_FINAL_TRY, READY | COUNT_LOW | FINAL_TRY, false);
        assertDoesNotThrow(() -> TokenLogin.check(token(READY | COUNT_LOW | FINAL_TRY), true));
    }

    @Test
    void aLockedTokenIsNotTriedEvenWhenConfirmed() {
        refused(ErrorCode.PIN_LOCKED, READY | LOCKED, true);
    }

    @Test
    void aTokenWithoutPinOrNeverInitialisedIsNotReady() {
        refused(ErrorCode.TOKEN_NOT_READY, 0x4 | 0x400, false);
        refused(ErrorCode.TOKEN_NOT_READY, 0x4 | 0x8, false);
    }

    @Test
    void aTokenThatWantsNoLoginIsOpenedWhateverItsPinFlagsSay() {
        assertDoesNotThrow(() -> TokenLogin.check(token(0x400 | LOCKED), false));
    }

    @Test
    void aWrongPinIsReportedWithWhatTheTokenSaysOfFurtherTries() {
        KeyException.PinWrong last = assertInstanceOf(KeyException.PinWrong.class, TokenLogin.wrong(token(READY | FINAL_TRY), new CkException("C_Login", 0xA0)));
        assertEquals(OptionalInt.of(1), last.attemptsRemaining());
        KeyException.PinWrong some = assertInstanceOf(KeyException.PinWrong.class, TokenLogin.wrong(token(READY), new CkException("C_Login", 0xA0)));
        assertEquals(OptionalInt.empty(), some.attemptsRemaining());
        assertInstanceOf(KeyException.PinLocked.class, TokenLogin.wrong(token(READY | LOCKED), new CkException("C_Login", 0xA0)));
    }
}
