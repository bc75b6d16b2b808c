package dev.chancery.adapters.pkcs11;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A token behind a network: its connection is cut, it freezes, and it comes back.
@Tag("interop")
class NetworkTokenTest {
    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration SHORT = Duration.ofMillis(300);
    private static @Nullable PublicKey publicKey;

    private final Bytes content = Bytes.ofUtf8("what is signed");
    private final Pkcs11Backend backend = new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(2), SoftHsm.decoder());

    @BeforeEach
    void makeKey() throws Exception {
        SoftHsm token = P11Kit.start();
        if (publicKey == null) {
            publicKey = token.key("network", "77", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
            P11Kit.cut(); // a connection that was opened before the key was imported may not see it
        }
    }

    private SigningKey open() throws Exception {
        return backend.open(P11Kit.ref("network"), new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), DEADLINE, false));
    }

    private Signature sign(SigningKey key, Duration deadline) throws Exception {
        return key.sign(ArtifactContent.keep(content.inputStream(), Set.of()).requestFor(SignatureAlgorithm.ECDSA_P256_SHA_256), deadline);
    }

    private void signs(SigningKey key) throws Exception {
        assertTrue(JdkSignatureCheck.verifies(java.util.Objects.requireNonNull(publicKey), content, sign(key, DEADLINE)));
    }

    @Test
    void afterACutTheSameKeyGoesOnSigning() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            for (int i = 0; i < 3; i++) {
                P11Kit.cut();
                signs(key);
                signs(key);
            }
        }
    }

    @Test
    void afterACutAKeyCanBeOpened() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
        }
        P11Kit.cut();
        try (SigningKey key = open()) {
            signs(key);
        }
    }

    @Test
    void aFrozenTokenIsGivenUpInTimeAndSignsAgainWhenItThaws() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            try (AutoCloseable _ = P11Kit.freeze()) {
                for (int i = 0; i < 5; i++) { // more than it has lanes
                    assertEquals(ErrorCode.KEY_DEADLINE, assertThrows(KeyException.class, () -> sign(key, SHORT)).problem().code());
                }
            }
            signs(key);
        }
    }

    @Test
    void aKeyOnAFrozenTokenCanBeClosed() throws Exception {
        SigningKey key = open();
        signs(key);
        try (AutoCloseable _ = P11Kit.freeze()) {
            assertThrows(KeyException.class, () -> sign(key, SHORT));
            assertTimeoutPreemptively(DEADLINE, key::close);
        }
        try (SigningKey again = open()) {
            signs(again);
        }
    }

    @Test
    void aTokenThatFreezesAndIsThenCutOffIsOpenedAnew() throws Exception {
        try (SigningKey key = open()) {
            signs(key);
            try (AutoCloseable _ = P11Kit.freeze()) {
                assertThrows(KeyException.class, () -> sign(key, SHORT));
                P11Kit.cut();
            }
            signs(key);
        }
    }
}
