package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// The software token of openCryptoki, whose mechanisms are RSA's, keeps the contract of every key back end.
@Tag("interop")
final class OpenCryptokiContractTest extends SigningKeyContract {
    private static final AtomicInteger DECLARATIONS = new AtomicInteger();
    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        int number = DECLARATIONS.incrementAndGet();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(8), SoftHsm.decoder()));
        made.forEach(declaration::key);
        return declaration
                .absent(OpenCryptoki.ref("nothing"), SoftHsm.PIN)
                .ambiguous(OpenCryptoki.ref("double"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number, () -> SoftHsm.calls("Login")))
                .generation(new DeclaredBackend.Generation(name -> place(name + number),
                        EnumSet.of(KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096),
                        Set.of(FileFormat.PKCS8_ENCRYPTED), SoftHsm.PIN))
                .slowing(SoftHsm.slowSignatures(made.getFirst()))
                .build();
    }

    @AfterEach
    void endFaults() throws IOException {
        SoftHsm.rules();
    }

    private static synchronized List<DeclaredKey> keys() throws Exception {
        if (keys == null) {
            OpenCryptoki.prepare();
            keys = List.of(key("rsa2048", "01", 2048), key("rsa3072", "02", 3072));
            OpenCryptoki.key("double", "0a", 2048);
            OpenCryptoki.key("double", "0b", 2048);
        }
        return keys;
    }

    private static DeclaredKey key(String name, String id, int bits) throws Exception {
        return new DeclaredKey(OpenCryptoki.ref(name), OpenCryptoki.key(name, id, bits),
                Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN);
    }

    private static KeyRef place(String name) {
        try {
            return OpenCryptoki.ref(name);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
