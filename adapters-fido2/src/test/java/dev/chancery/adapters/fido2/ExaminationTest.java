package dev.chancery.adapters.fido2;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.adapters.crypto.SpkiPublicKeyDecoder;
import dev.chancery.adapters.fido2.link.SecurityKeyPorts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Finding.Grade;
import dev.chancery.domain.error.Finding;
import dev.chancery.domain.key.KeyRef;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExaminationTest {
    private static List<Finding> examine(List<SecurityKeyPorts> places) throws Exception {
        return new Fido2Backend(places, new SpkiPublicKeyDecoder(), (place, limit) -> { throw new AssertionError("nobody is to touch anything"); }, new SecureRandom())
                .examine(KeyRef.parse("fido2:"), Duration.ofSeconds(5), Instant.EPOCH);
    }

    private static void found(Grade grade, Optional<ErrorCode> code, ScriptedKey key) throws Exception {
        Finding finding = examine(ScriptedKey.places(key)).getFirst();
        assertEquals(grade, finding.grade(), finding.found());
        assertEquals(code, finding.code());
        assertTrue(key.closed());
    }

    @Test
    void theStateOfThePinIsToldWithoutAPinAndWithoutATouch() throws Exception {
        found(Grade.GOOD, Optional.empty(), new ScriptedKey(true).retries(8, false));
        found(Grade.WARNING, Optional.of(ErrorCode.PIN_FINAL_TRY), new ScriptedKey(true).retries(1, false));
        found(Grade.FAULT, Optional.of(ErrorCode.SECURITY_KEY_PIN_BLOCKED), new ScriptedKey(true).retries(0, false));
        found(Grade.FAULT, Optional.of(ErrorCode.SECURITY_KEY_PIN_BLOCKED), new ScriptedKey(true).retries(5, true));
        found(Grade.WARNING, Optional.of(ErrorCode.TOKEN_NOT_READY), new ScriptedKey(false));
    }

    @Test
    void whatBarsTheWayIsTold() throws Exception {
        List<Finding> findings = examine(List.of(() -> new SecurityKeyPorts.Seen(List.of(), List.of("/dev/hidraw3 is a security key that this user may not open")),
                () -> new SecurityKeyPorts.Seen(List.of(), List.of("PC/SC has no card reader: SCARD_E_NO_SERVICE"))));
        assertEquals(List.of(Grade.WARNING, Grade.NOTE, Grade.WARNING), findings.stream().map(Finding::grade).toList());
    }
}
