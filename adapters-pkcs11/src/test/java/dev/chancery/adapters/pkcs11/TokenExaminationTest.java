package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// Each flag that tells of trouble is found. The numbers are those of pkcs11t.h (PKCS#11 v3.1).
class TokenExaminationTest {
    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final long SOUND = 0x4 | 0x8 | 0x400; // login required, PIN initialised, token initialised
    private static final Set<Long> ECDSA = Set.of(0x1041L);

    private static TokenInfo token(long flags, long maxSessions, long sessions, String time) {
        return new TokenInfo(7, "release", "maker", "model", "0042", flags, maxSessions, sessions, 8, 4, "1.0", "2.3", time);
    }

    private static List<Finding> examined(TokenInfo token) {
        return TokenExamination.of(token, ECDSA, Set.of(0x1040L), NOW);
    }

    private static void found(Finding.Grade grade, ErrorCode code, List<Finding> findings) {
        assertEquals(List.of(grade), findings.stream().filter(finding -> finding.code().equals(java.util.Optional.of(code))).map(Finding::grade).toList(),
                findings::toString);
        assertTrue(findings.stream().filter(finding -> finding.grade().compareTo(Finding.Grade.NOTE) > 0).noneMatch(finding -> finding.remedy().isEmpty()));
    }

    @Test
    void aSoundTokenGivesNoTrouble() {
        assertTrue(examined(token(SOUND, 0, 0, "")).stream().allMatch(finding -> finding.grade() == Finding.Grade.GOOD));
    }

    @Test
    void theStatesOfAPin() {
        found(Finding.Grade.FAULT, ErrorCode.PIN_LOCKED, examined(token(SOUND | 0x40000, 0, 0, "")));
        found(Finding.Grade.WARNING, ErrorCode.PIN_FINAL_TRY, examined(token(SOUND | 0x20000 | 0x10000, 0, 0, "")));
        found(Finding.Grade.WARNING, ErrorCode.PIN_TRIES_LOW, examined(token(SOUND | 0x10000, 0, 0, "")));
        found(Finding.Grade.WARNING, ErrorCode.TOKEN_NOT_READY, examined(token(SOUND | 0x80000, 0, 0, "")));
        found(Finding.Grade.FAULT, ErrorCode.TOKEN_NOT_READY, examined(token(0x404, 0, 0, "")));
    }

    @Test
    void aTokenInAnErrorStateAndOneThatCannotSignAreFaults() {
        found(Finding.Grade.FAULT, ErrorCode.TOKEN_IN_ERROR, examined(token(SOUND | 0x1000000, 0, 0, "")));
        found(Finding.Grade.FAULT, ErrorCode.NO_SIGNING_MECHANISM, TokenExamination.of(token(SOUND, 0, 0, ""), Set.of(0x251L), Set.of(), NOW));
    }

    @Test
    void fewSessionsAreWarnedOfAndAnUnknownNumberIsNot() {
        found(Finding.Grade.WARNING, ErrorCode.SESSIONS_SCARCE, examined(token(SOUND, 4, 3, "")));
        assertTrue(examined(token(SOUND, 4, 2, "")).stream().allMatch(finding -> finding.grade() == Finding.Grade.GOOD));
        assertTrue(examined(token(SOUND, 4, -1, "")).stream().allMatch(finding -> finding.grade() == Finding.Grade.GOOD));
    }

    @Test
    void theTokensClockIsComparedOnlyWhereItHasOne() {
        found(Finding.Grade.WARNING, ErrorCode.CLOCK_WRONG, examined(token(SOUND | 0x40, 0, 0, "2026112109580000")));
        assertTrue(examined(token(SOUND | 0x40, 0, 0, "2026112110003000")).stream().allMatch(finding -> finding.grade() == Finding.Grade.GOOD));
        assertTrue(examined(token(SOUND, 0, 0, "2006112109580000")).stream().allMatch(finding -> finding.grade() == Finding.Grade.GOOD));
        assertTrue(examined(token(SOUND | 0x40, 0, 0, "no time")).stream().anyMatch(finding -> finding.grade() == Finding.Grade.NOTE));
    }
}
