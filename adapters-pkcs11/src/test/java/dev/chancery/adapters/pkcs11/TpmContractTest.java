package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;

/// A TPM behind tpm2-pkcs11 keeps the contract of every key back end. Its keys are made by its own tool: C_GenerateKeyPair refuses CKA_VERIFY in a
/// public half, and keys made elsewhere are not taken.
@Tag("interop")
final class TpmContractTest extends SigningKeyContract {
    private static final AtomicInteger DECLARATIONS = new AtomicInteger();
    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        int number = DECLARATIONS.incrementAndGet();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(8), SoftHsm.decoder()));
        made.forEach(declaration::key);
        return declaration
                .absent(Tpm.ref("nothing"), SoftHsm.PIN)
                .ambiguous(Tpm.ref("double"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number, () -> SoftHsm.calls("Login")))
                .slowing(SoftHsm.slowSignatures(made.getFirst()))
                .build();
    }

    @AfterEach
    void endFaults() throws IOException {
        SoftHsm.rules();
    }

    private static synchronized List<DeclaredKey> keys() throws Exception {
        if (keys == null) {
            Tpm.prepare();
            keys = List.of(
                    key("p256", Tpm.key("p256"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                    key("p384", Tpm.p384Key("p384"), SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256),
                    key("rsa2048", Tpm.key("rsa2048"), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256));
        }
        return keys;
    }

    private static DeclaredKey key(String name, PublicKey publicKey, SignatureAlgorithm... algorithms) throws Exception {
        return new DeclaredKey(Tpm.ref(name), publicKey, Set.of(algorithms), SoftHsm.PIN);
    }
}
