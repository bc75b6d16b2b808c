package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A module in a helper process: what hangs or crashes there is ended with it, and the next call has a new one.
class IsolationTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Pkcs11Settings ISOLATED =
            Pkcs11Settings.of(null).withLanes(4).withIsolation(Pkcs11Settings.Isolation.PROCESS);
    private static @Nullable PublicKey publicKey;

    private final Bytes content = Bytes.ofUtf8("what is signed");
    private final Pkcs11Backend backend = new Pkcs11Backend(ISOLATED, SoftHsm.decoder());

    @BeforeEach
    void makeKey() throws Exception {
        SoftHsm token = SoftHsm.token("isolated");
        SoftHsm.rules();
        if (publicKey == null) {
            publicKey = token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        }
    }

    @AfterEach
    void endFaults() throws Exception {
        SoftHsm.rules();
    }

    private static KeyAccess access(String pin) {
        return new KeyAccess(FixedPinEntry.of(pin), DEADLINE, false);
    }

    private SigningKey open() throws Exception {
        return backend.open(SoftHsm.token("isolated").ref("p256"), access(SoftHsm.PIN));
    }

    private Signature sign(SigningKey key, Duration deadline) throws Exception {
        return key.sign(Requests.p256(content), deadline);
    }

    private void signs(SigningKey key) throws Exception {
        assertTrue(JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, sign(key, DEADLINE)));
    }

    private static Set<Long> helpers() {
        return ProcessHandle.current().children()
                .filter(child -> child.info().commandLine().orElse("").contains(ModuleHost.class.getName()))
                .map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Test
    void aCallThatHangsForEverIsEndedWithItsProcessAndTheNextOneSigns() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            Set<Long> before = helpers();
            SoftHsm.rules("Sign hang");
            assertEquals(ErrorCode.KEY_DEADLINE, assertThrows(KeyException.class, () -> sign(key, Duration.ofMillis(300))).problem().code());
            SoftHsm.rules();
            signs(key);
            signs(key);
            assertNotEquals(before, helpers());
            before.removeAll(helpers());
            for (long ended : before) {
                ProcessHandle.of(ended).ifPresent(process -> process.onExit().join());
            }
        }
    }

    @Test
    void callsThatAreUnderWayWhenAnotherHangsComeBackSoundly() throws Exception {
        try (SigningKey key = open(); ExecutorService threads = Executors.newFixedThreadPool(2)) {
            signs(key);
            SoftHsm.rules("Sign at=1 ms=1500", "Sign at=2 hang");
            long before = SoftHsm.calls("SignInit");
            Future<Signature> slow = threads.submit(() -> sign(key, DEADLINE));
            while (SoftHsm.calls("SignInit") == before && !slow.isDone()) {
                Thread.onSpinWait();
            }
            Future<Signature> hung = threads.submit(() -> sign(key, Duration.ofMillis(700)));
            Exception given = assertThrows(Exception.class, hung::get);
            assertInstanceOf(KeyException.DeadlineExceeded.class, given.getCause());
            assertTrue(JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, slow.get()));
            SoftHsm.rules();
            signs(key);
        }
    }

    @Test
    void aModuleThatCrashesIsStartedAgain() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            SoftHsm.rules("Sign at=1 exit");
            KeyException crashed = assertThrows(KeyException.class, () -> sign(key, DEADLINE));
            assertEquals(ErrorCode.TOKEN_LOST, crashed.problem().code());
            assertTrue(crashed.problem().why().contains("helper process has ended"), crashed.problem().why());
            SoftHsm.rules();
            signs(key);
        }
    }

    @Test
    void theRulesForPinsAreTheSameAndAWrongOneIsTriedOnce() throws Exception {
        long before = SoftHsm.calls("Login");
        KeyRef ref = SoftHsm.token("isolated").ref("p256");
        for (int i = 0; i < 3; i++) {
            assertInstanceOf(KeyException.PinWrong.class, assertThrows(KeyException.class, () -> backend.open(ref, access("4321-wrong"))));
        }
        assertEquals(1, SoftHsm.calls("Login") - before);
    }

    @Test
    void keysAreMadeAndListedAndDestroyed() throws Exception {
        KeyRef ref = SoftHsm.token("isolated").ref("made");
        KeyDescription made = backend.custodian().generate(ref, new KeyGeneration(KeySpec.P_384, KeyGeneration.FileFormat.SIGSTORE),
                access(SoftHsm.PIN));
        assertEquals(List.of(made), backend.custodian().list(ref, access(SoftHsm.PIN)));
        assertTrue(backend.custodian().evidence(ref, access(SoftHsm.PIN)).claimsNeverToHaveLeft());
        backend.custodian().destroy(ref, made.expectedKey().orElseThrow().key().id(), access(SoftHsm.PIN));
        assertEquals(List.of(), backend.custodian().list(ref, access(SoftHsm.PIN)));
    }

    @Test
    void aFileThatIsNoModuleIsSaidSoAndLeavesNoProcess(@TempDir Path folder) throws Exception {
        Set<Long> before = helpers();
        Path text = Files.writeString(folder.resolve("text.so"), "no library");
        KeyException refusal = assertThrows(KeyException.class,
                () -> backend.open(KeyRef.parse("pkcs11:object=x?module-path=" + text), access(SoftHsm.PIN)));
        assertEquals(ErrorCode.MODULE_INVALID, refusal.problem().code());
        helpers().stream().filter(helper -> !before.contains(helper))
                .forEach(helper -> ProcessHandle.of(helper).ifPresent(process -> process.onExit().join()));
    }
}
