package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What is known of kinds of tokens.
class TokenProfileTest {
    private static TokenInfo token(String manufacturer, String model, long maxSessions) {
        return new TokenInfo(1, "label", manufacturer, model, "0042", 0, maxSessions, 0, 8, 4, "1.0", "2.3", "");
    }

    @Test
    void whatATokenLocksAfterIsSaidWhereItIsKnown() {
        assertEquals(Optional.of("tokens of this kind lock after 10 wrong PINs"), TokenProfile.of(token("Kryoptic Project", "v1", 0)).warning());
        assertEquals(Optional.of("tokens of this kind lock after 3 wrong PINs"), TokenProfile.of(token("IBM Corp.", "IBM SoftTok", 0)).warning(), "as openCryptoki 3.8 calls itself");
        assertEquals(Optional.empty(), TokenProfile.of(token("SoftHSM project", "SoftHSM v2", 0)).warning(), "it never locks");
        assertEquals(Optional.empty(), TokenProfile.of(token("Somebody", "Else", 0)).warning(), "not known");
    }

    /// The session that holds the login is none to sign in.
    @ParameterizedTest
    @CsvSource({"0, 16, 16", "1, 16, 1", "2, 16, 1", "5, 16, 4", "100, 16, 16", "0, 1, 1"})
    void aTokenGetsNoMoreCallsAtOnceThanItHasSessions(long sessions, int wanted, int given) {
        TokenInfo token = token("Somebody", "Else", sessions);
        assertEquals(given, TokenProfile.of(token).lanes(token, wanted));
    }

    @Test
    void aCardGetsOneCallAtATime() {
        TokenInfo card = token("piv_II", "PKCS#15 emulated", 0);
        assertEquals(1, TokenProfile.of(card).lanes(card, 16));
        assertTrue(TokenProfile.of(card).warning().orElseThrow().contains("3"));
    }
}
