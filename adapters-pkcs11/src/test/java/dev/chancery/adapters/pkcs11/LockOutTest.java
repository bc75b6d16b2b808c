package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.testkit.key.FixedPinEntry;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// On a token that really locks (kryoptic, after ten wrong PINs): the program alone never causes it.
@Tag("interop")
class LockOutTest {
    private static final int WRONG_PINS_UNTIL_LOCKED = 10;

    private final KeyCustodian custodian = new Pkcs11Backend(Pkcs11Settings.of(null), SoftHsm.decoder()).custodian();

    private List<?> list(String pin, boolean confirmed) throws Exception {
        KeyRef ref = KeyRef.parse("pkcs11:token=" + Kryoptic.LOCKING + "?module-path=" + Kryoptic.module());
        return custodian.list(ref, new KeyAccess(FixedPinEntry.of(pin), Duration.ofSeconds(30), confirmed));
    }

    private KeyException refused(String pin, boolean confirmed) {
        return assertThrows(KeyException.class, () -> list(pin, confirmed));
    }

    @Test
    void aBatchWithOneWrongPinCostsOneTryAndTheLastTryIsOnlyMadeWhenConfirmed() throws Exception {
        Kryoptic.prepare();
        SoftHsm.rules();
        long before = SoftHsm.calls("Login");
        for (int i = 0; i < 5 * WRONG_PINS_UNTIL_LOCKED; i++) {
            assertEquals(ErrorCode.PIN_WRONG, refused("same-wrong-pin", false).problem().code());
        }
        assertEquals(1, SoftHsm.calls("Login") - before, "fifty calls with one wrong PIN");

        int tries = 1;
        KeyException.PinWrong last = null;
        while (tries < WRONG_PINS_UNTIL_LOCKED - 1) { // a person who gives another wrong PIN each time
            last = assertInstanceOf(KeyException.PinWrong.class, refused("wrong-pin-" + tries, false));
            tries++;
        }
        assertEquals(OptionalInt.of(1), java.util.Objects.requireNonNull(last).attemptsRemaining());
        assertTrue(last.problem().why().contains("one more wrong PIN locks"), last.problem().why());

        long beforeFinal = SoftHsm.calls("Login");
        assertEquals(ErrorCode.PIN_FINAL_TRY, refused(SoftHsm.PIN, false).problem().code());
        assertEquals(beforeFinal, SoftHsm.calls("Login"), "not even the right one is tried unconfirmed");
        assertEquals(List.of(), list(SoftHsm.PIN, true));
        assertEquals(List.of(), list(SoftHsm.PIN, false), "the right one has set the count back");
    }
}
