package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a faulty token does to a signature, and to the next one.
class FaultTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static @Nullable PublicKey publicKey;

    private final Bytes content = Bytes.ofUtf8("what is signed");
    private SoftHsm token = neverUsed();
    private Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(4), SoftHsm.decoder());

    private static SoftHsm neverUsed() {
        try {
            return SoftHsm.token("faults");
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @BeforeEach
    void makeKey() throws Exception {
        SoftHsm.rules();
        if (publicKey == null) {
            publicKey = token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        }
    }

    @AfterEach
    void endFaults() throws Exception {
        SoftHsm.rules();
    }

    private SigningKey open() throws Exception {
        return backend.open(token.ref("p256"), new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), DEADLINE, false));
    }

    private void signs(SigningKey key) throws Exception {
        assertTrue(JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, sign(key, DEADLINE)));
    }

    private Signature sign(SigningKey key, Duration deadline) throws Exception {
        SigningRequest request = ArtifactContent.keep(content.inputStream(), Set.of())
                .requestFor(SignatureAlgorithm.ECDSA_P256_SHA_256);
        return key.sign(request, deadline);
    }

    private static String number(String code) {
        return code.startsWith("0x") ? code : "0x" + Long.toHexString(Ckr.valueOf(code).value());
    }

    /// C_SignInit that fails with a loss has signed nothing, so that it is begun again; the user sees nothing of it.
    @ParameterizedTest
    @ValueSource(strings = {"DEVICE_ERROR", "DEVICE_REMOVED", "SESSION_HANDLE_INVALID", "SESSION_CLOSED", "USER_NOT_LOGGED_IN",
            "KEY_HANDLE_INVALID", "OBJECT_HANDLE_INVALID", "TOKEN_NOT_PRESENT", "GENERAL_ERROR", "FUNCTION_FAILED", "OPERATION_ACTIVE"})
    void aLossBeforeTheSignatureIsMadeGood(String code) throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            SoftHsm.rules("SignInit at=1 rv=" + number(code));
            signs(key);
            signs(key);
        }
    }

    /// C_Sign that fails may have signed: it is reported, not repeated, and the next call works.
    @ParameterizedTest
    @CsvSource({"DEVICE_ERROR,TOKEN_FAILED", "GENERAL_ERROR,TOKEN_FAILED", "FUNCTION_FAILED,TOKEN_FAILED", "HOST_MEMORY,TOKEN_FAILED",
            "DEVICE_MEMORY,TOKEN_FAILED", "DEVICE_REMOVED,TOKEN_LOST", "TOKEN_NOT_PRESENT,TOKEN_LOST", "SESSION_CLOSED,TOKEN_LOST",
            "SESSION_HANDLE_INVALID,TOKEN_LOST", "USER_NOT_LOGGED_IN,TOKEN_LOST", "0x80000001,TOKEN_FAILED",
            "FUNCTION_CANCELED,TOKEN_FAILED", "DATA_LEN_RANGE,ALGORITHM_UNSUPPORTED", "FUNCTION_REJECTED,KEY_MAY_NOT_SIGN"})
    void aFailureOfTheSignatureItselfIsReportedAndTheNextCallWorks(String code, ErrorCode expected) throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            long before = SoftHsm.calls("Sign");
            SoftHsm.rules("Sign at=1 rv=" + number(code));
            KeyException failure = assertThrows(KeyException.class, () -> sign(key, DEADLINE));
            assertEquals(expected, failure.problem().code());
            assertTrue(failure.problem().why().contains(code.startsWith("0x") ? code : "CKR_" + code), failure.problem().why());
            assertEquals(1, SoftHsm.calls("Sign") - before, "asked once");
            signs(key);
        }
    }

    @Test
    void afterAllSessionsWereClosedTheNextCallLogsInAgainWithTheSamePin() throws Exception {
        FixedPinEntry pins = FixedPinEntry.of(SoftHsm.PIN);
        try (SigningKey key = backend.open(token.ref("p256"), new KeyAccess(pins, DEADLINE, false))) {
            signs(key);
            SoftHsm.rules("Sign at=1 closeall");
            assertEquals(ErrorCode.TOKEN_LOST, assertThrows(KeyException.class, () -> sign(key, DEADLINE)).problem().code());
            signs(key);
            assertEquals(0, pins.open());
            assertEquals(2, pins.prompts().size(), "the PIN was not kept");
        }
    }

    @Test
    void afterTheLoginWasLostTheSignatureIsMadeGood() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            SoftHsm.rules("SignInit at=1 logout");
            signs(key);
        }
    }

    @Test
    void aPinThatChangedSinceIsNotTriedAfterALoss() throws Exception {
        FixedPinEntry first = FixedPinEntry.of(SoftHsm.PIN);
        List<String> answers = new ArrayList<>(List.of(SoftHsm.PIN, "8888-changed"));
        try (SigningKey key = backend.open(token.ref("p256"),
                new KeyAccess(prompt -> FixedPinEntry.of(answers.removeFirst()).request(prompt), DEADLINE, false))) {
            SoftHsm.rules("Sign at=1 closeall");
            assertThrows(KeyException.class, () -> sign(key, DEADLINE));
            long before = SoftHsm.calls("Login");
            assertEquals(ErrorCode.PIN_WRONG, assertThrows(KeyException.class, () -> sign(key, DEADLINE)).problem().code());
            assertEquals(before, SoftHsm.calls("Login"), "the token was not asked");
        }
        assertEquals(0, first.open());
    }

    @Test
    void aWrongPinThatWasRefusedOnceIsNeverTriedAgainByTheProcess() throws Exception {
        KeyAccess wrong = new KeyAccess(FixedPinEntry.of("1234-wrong"), DEADLINE, false);
        assertInstanceOf(KeyException.PinWrong.class, assertThrows(KeyException.class, () -> backend.open(token.ref("p256"), wrong)));
        long before = SoftHsm.calls("Login");
        assertInstanceOf(KeyException.PinWrong.class, assertThrows(KeyException.class, () -> backend.open(token.ref("p256"), wrong)));
        assertEquals(before, SoftHsm.calls("Login"));
        try (SigningKey key = open()) {
            signs(key);
        }
    }

    @Test
    void whoOpensAKeyOfALoggedInTokenMustKnowItsPinToo() throws Exception {
        try (SigningKey key = open()) {
            long before = SoftHsm.calls("Login");
            assertInstanceOf(KeyException.PinWrong.class, assertThrows(KeyException.class,
                    () -> backend.open(token.ref("p256"), new KeyAccess(FixedPinEntry.of("5678-guess"), DEADLINE, false))));
            assertEquals(before, SoftHsm.calls("Login"), "known without asking the token");
            signs(key);
        }
    }

    @Test
    void manyCallersWhoOpenAtOnceMakeOneLoginAttempt() throws Exception {
        long before = SoftHsm.calls("Login");
        SoftHsm.rules("Login ms=200");
        List<Future<SigningKey>> opening = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                opening.add(threads.submit(this::open));
            }
        }
        for (Future<SigningKey> opened : opening) {
            signs(opened.get());
        }
        for (Future<SigningKey> opened : opening) {
            opened.get().close();
        }
        assertEquals(1, SoftHsm.calls("Login") - before);
    }

    @Test
    void manyCallersWithAWrongPinMakeOneLoginAttempt() throws Exception {
        long before = SoftHsm.calls("Login");
        SoftHsm.rules("Login ms=200");
        KeyAccess wrong = new KeyAccess(FixedPinEntry.of("9999-wrong"), DEADLINE, false);
        List<Future<SigningKey>> opening = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(6)) {
            for (int i = 0; i < 6; i++) {
                opening.add(threads.submit(() -> backend.open(token.ref("p256"), wrong)));
            }
        }
        for (Future<SigningKey> opened : opening) {
            assertInstanceOf(KeyException.PinWrong.class, assertThrows(Exception.class, opened::get).getCause());
        }
        assertEquals(1, SoftHsm.calls("Login") - before);
    }

    @Test
    void aKeyWhoseUsesCountIsAskedOnceEvenWhereTheTokenSaysThatNothingWasDone() throws Exception {
        for (boolean limited : List.of(true, false)) {
            try (SigningKey key = backend.open(token.ref("p256"), new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), DEADLINE, false, limited))) {
                signs(key);
                SoftHsm.rules("SignInit at=1 rv=SESSION_HANDLE_INVALID");
                long before = SoftHsm.calls("SignInit");
                if (limited) {
                    assertEquals(ErrorCode.TOKEN_LOST, assertThrows(KeyException.class, () -> sign(key, DEADLINE)).problem().code());
                } else {
                    sign(key, DEADLINE);
                }
                assertEquals(limited ? 1 : 2, SoftHsm.calls("SignInit") - before);
                SoftHsm.rules();
                signs(key);
            }
        }
    }

    @Test
    void aCallThatHangsIsGivenUpWithoutHarmToOthersAndClosingDoesNotHang() throws Exception {
        SigningKey key = open();
        signs(key);
        SoftHsm.rules("Sign at=1 ms=3000"); // as good as a hang for a caller who waits 100 ms, and it ends by itself
        KeyException late = assertThrows(KeyException.class, () -> sign(key, Duration.ofMillis(100)));
        assertEquals(ErrorCode.KEY_DEADLINE, late.problem().code());
        assertTrue(late.problem().why().contains("not known"), late.problem().why());
        signs(key);
        signs(key);
        key.close();
        try (SigningKey again = open()) {
            signs(again);
        }
    }

    @Test
    void aTokenWithoutFreeSessionsServesItsCallersOneAfterAnother() throws Exception {
        try (SigningKey key = open()) {
            SoftHsm.rules("OpenSession rv=SESSION_COUNT");
            List<Future<Signature>> signing = new ArrayList<>();
            try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
                for (int i = 0; i < 12; i++) {
                    signing.add(threads.submit(() -> sign(key, DEADLINE)));
                }
            }
            for (Future<Signature> signature : signing) {
                assertTrue(JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, signature.get()));
            }
        }
    }

    @Test
    void aSignatureOfAnotherLengthIsRefusedAndAFlippedBitIsForTheCallerToFind() throws Exception {
        try (SigningKey key = open()) {
            SoftHsm.rules("Sign at=1 flip");
            Signature flipped = sign(key, DEADLINE);
            assertNotEquals(true, JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, flipped));
        }
    }
}
