package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many callers, and a token that fails by chance in many ways at once.
class StormTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final int CALLERS = 6;
    private static final int SIGNATURES = 150;

    @AfterEach
    void endFaults() throws Exception {
        SoftHsm.rules();
    }

    private static SigningKey open(Pkcs11Settings.Isolation isolation, SoftHsm token, String name) throws Exception {
        return new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(4).withIsolation(isolation), SoftHsm.decoder())
                .open(token.ref(name), new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), DEADLINE, false));
    }

    /// What each caller met: how often it was handed a signature (all verify), and which errors it saw.
    private static Map<ErrorCode, Integer> signAll(SigningKey key, PublicKey publicKey, String name) throws Exception {
        Map<ErrorCode, Integer> failures = new EnumMap<>(ErrorCode.class);
        for (int i = 0; i < SIGNATURES; i++) {
            Bytes content = Bytes.ofUtf8(name + " " + i);
            try {
                Signature signature = key.sign(Requests.p256(content), DEADLINE);
                assertTrue(JdkSignatureCheck.verifies(publicKey, content, signature), "a signature over something else");
            } catch (KeyException e) {
                failures.merge(e.problem().code(), 1, Integer::sum);
            }
        }
        return failures;
    }

    @ParameterizedTest
    @EnumSource(Pkcs11Settings.Isolation.class)
    void eachCallerGetsASoundSignatureOrAnHonestErrorAndAfterwardsAllIsWell(Pkcs11Settings.Isolation isolation) throws Exception {
        SoftHsm token = SoftHsm.token("storm");
        SoftHsm.rules();
        String name = "storm-" + isolation;
        PublicKey publicKey = token.key(name, switch (isolation) {
            case NONE -> "01";
            case PROCESS -> "02";
        }, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        try (SigningKey key = open(isolation, token, name)) {
            SoftHsm.rules(rules(isolation));
            List<Future<Map<ErrorCode, Integer>>> running = new ArrayList<>();
            try (ExecutorService callers = Executors.newFixedThreadPool(CALLERS)) {
                for (int caller = 0; caller < CALLERS; caller++) {
                    String each = "caller " + caller;
                    running.add(callers.submit(() -> signAll(key, publicKey, each)));
                }
            }
            Set<ErrorCode> seen = EnumSet.noneOf(ErrorCode.class);
            int failed = 0;
            for (Future<Map<ErrorCode, Integer>> caller : running) {
                seen.addAll(caller.get().keySet());
                failed += caller.get().values().stream().mapToInt(Integer::intValue).sum();
            }
            assertTrue(EnumSet.of(ErrorCode.TOKEN_FAILED, ErrorCode.TOKEN_LOST).containsAll(seen), seen.toString());
            assertTrue(failed < CALLERS * SIGNATURES / 2, failed + " of " + CALLERS * SIGNATURES + " failed");
            SoftHsm.rules();
            assertEquals(Map.of(), signAll(key, publicKey, "calm again"));
        }
    }

    /// Closing all sessions while other threads use them is more than SoftHSM2 bears: it may crash. In a helper process that is one more
    /// fault to recover from.
    private static String[] rules(Pkcs11Settings.Isolation isolation) {
        List<String> rules = new ArrayList<>(List.of("Sign p=0.02 rv=DEVICE_ERROR", "Sign p=0.01 rv=DEVICE_REMOVED",
                "SignInit p=0.02 rv=SESSION_HANDLE_INVALID", "SignInit p=0.01 rv=USER_NOT_LOGGED_IN", "SignInit p=0.01 close",
                "OpenSession p=0.02 rv=SESSION_COUNT", "Sign p=0.02 ms=5"));
        if (isolation == Pkcs11Settings.Isolation.PROCESS) {
            rules.addAll(List.of("Sign p=0.01 closeall", "SignInit p=0.01 logout", "Sign p=0.005 exit"));
        }
        return rules.toArray(String[]::new);
    }

    @Test
    void aTokenThatHangsKeepsNoOtherTokenOfTheModuleWaiting() throws Exception {
        SoftHsm storm = SoftHsm.token("storm");
        SoftHsm calm = SoftHsm.token("calm");
        SoftHsm.rules();
        storm.key("hanging", "11", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        PublicKey publicKey = calm.key("calm", "12", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        try (SigningKey hanging = open(Pkcs11Settings.Isolation.NONE, storm, "hanging");
                SigningKey other = open(Pkcs11Settings.Isolation.NONE, calm, "calm")) {
            SoftHsm.rules("Sign at=1 ms=2000");
            assertThrows(KeyException.DeadlineExceeded.class, () -> hanging.sign(Requests.p256(Bytes.ofUtf8("x")), Duration.ofMillis(50)));
            assertEquals(Map.of(), signAll(other, publicKey, "not waiting"));
        }
    }
}
