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

/// The key database of NSS (softokn) keeps the contract of every key back end.
@Tag("interop")
final class NssContractTest extends SigningKeyContract {
    private static final AtomicInteger DECLARATIONS = new AtomicInteger();
    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        int number = DECLARATIONS.incrementAndGet();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(new Pkcs11Backend(Nss.settings().withLanes(8), SoftHsm.decoder()));
        made.forEach(declaration::key);
        return declaration
                .absent(Nss.ref("nothing"), SoftHsm.PIN)
                .ambiguous(Nss.any())
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number, () -> SoftHsm.calls("Login")))
                .generation(new DeclaredBackend.Generation(name -> place(name + number),
                        EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096),
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
            Nss.prepare();
            keys = List.of(
                    new DeclaredKey(Nss.ref("p256"), Nss.key("p256", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
                            Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(Nss.ref("p384"), Nss.key("p384", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"),
                            Set.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(Nss.ref("p521"), Nss.key("p521", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"),
                            Set.of(SignatureAlgorithm.ECDSA_P521_SHA_512), SoftHsm.PIN),
                    new DeclaredKey(Nss.ref("rsa2048"), Nss.key("rsa2048", "rsa:2048"),
                            Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(Nss.ref("rsa3072"), Nss.key("rsa3072", "rsa:3072"),
                            Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN));
            Nss.bind();
        }
        return keys;
    }

    private static KeyRef place(String name) {
        try {
            return Nss.ref(name);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
