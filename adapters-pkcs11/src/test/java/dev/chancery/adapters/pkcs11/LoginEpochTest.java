package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.secret.Pin;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Callers of a login on a token that has no session to spare.
class LoginEpochTest {
    private static final Duration AT_ONCE = Duration.ofSeconds(10);

    @AfterEach
    void endFaults() throws Exception {
        SoftHsm.rules();
    }

    private static LoginEpoch open() throws Exception {
        SoftHsm.token("calm");
        SoftHsm.rules();
        TokenModule module = TokenModule.at(SoftHsm.module(), Pkcs11Settings.of(null));
        TokenModule.Running running = module.running();
        TokenInfo token = running.cryptoki().tokens().stream().filter(each -> each.label().equals("calm")).findFirst().orElseThrow();
        try (Pin pin = Pin.copyOf(SoftHsm.PIN.toCharArray())) {
            LoginEpoch epoch = LoginEpoch.open(module, token, running, pin, false);
            SoftHsm.rules("OpenSession rv=SESSION_COUNT");
            return epoch;
        }
    }

    @Test
    void oneCallerAfterAnotherUsesTheSessionThatHoldsTheLogin() throws Exception {
        LoginEpoch epoch = open();
        for (int caller = 0; caller < 2; caller++) {
            Session session = assertTimeoutPreemptively(AT_ONCE, epoch::take);
            assertTrue(session.isAlive(true));
            epoch.giveBack(session, true);
        }
        epoch.close();
    }

    @Test
    void whoComesAfterTheLoginWasGivenUpHearsOfTheLossAndDoesNotWait() throws Exception {
        LoginEpoch epoch = open();
        epoch.abandon();
        for (int caller = 0; caller < 2; caller++) {
            assertLoss(assertThrows(CkException.class, () -> assertTimeoutPreemptively(AT_ONCE, epoch::take)));
        }
    }

    @Test
    void aLoginThatIsGivenUpWhileItsSessionIsInUseEndsWithThatUse() throws Exception {
        LoginEpoch epoch = open();
        Session session = epoch.take();
        epoch.abandon();
        assertTrue(session.isAlive(true), "whoever uses it comes back soundly");
        epoch.giveBack(session, true);
        assertFalse(session.isAlive(true));
        assertLoss(assertThrows(CkException.class, () -> assertTimeoutPreemptively(AT_ONCE, epoch::take)));
    }

    private static void assertLoss(CkException e) {
        assertTrue(e.isLoss(), e.getMessage());
    }
}
