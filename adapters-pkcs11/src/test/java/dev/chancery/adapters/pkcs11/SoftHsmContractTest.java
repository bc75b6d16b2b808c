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

/// SoftHSM2 keeps the contract of every key back end.
class SoftHsmContractTest extends SigningKeyContract {
    private static final AtomicInteger DECLARATIONS = new AtomicInteger();
    private static @Nullable List<DeclaredKey> keys;

    /// Where the module runs.
    Pkcs11Settings settings() {
        return Pkcs11Settings.of(SoftHsm.module().toString()).withLanes(8);
    }

    @Override
    protected DeclaredBackend declare() throws Exception {
        SoftHsm token = SoftHsm.token("contract");
        List<DeclaredKey> made = keys(token);
        int number = DECLARATIONS.incrementAndGet();
        DeclaredBackend.Builder declaration =
                DeclaredBackend.of(new Pkcs11Backend(settings(), SoftHsm.decoder()));
        made.forEach(declaration::key);
        return declaration
                .absent(token.ref("nothing"), SoftHsm.PIN)
                .ambiguous(token.ref("double"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number, () -> SoftHsm.calls("Login")))
                .generation(new DeclaredBackend.Generation(name -> place(token, name + number),
                        EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.ED25519, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096),
                        Set.of(FileFormat.PKCS8_ENCRYPTED), SoftHsm.PIN))
                .slowing(SoftHsm.slowSignatures(made.getFirst()))
                .build();
    }

    @AfterEach
    void endFaults() throws IOException {
        SoftHsm.rules();
    }

    private static synchronized List<DeclaredKey> keys(SoftHsm token) throws Exception {
        if (keys == null) {
            keys = List.of(
                    new DeclaredKey(token.ref("p256"), token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                            Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(token.ref("p384"), token.key("p384", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
                            Set.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(token.ref("p521"), token.key("p521", "03", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"),
                            Set.of(SignatureAlgorithm.ECDSA_P521_SHA_512), SoftHsm.PIN),
                    new DeclaredKey(token.ref("rsa2048"), token.key("rsa2048", "04", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                            Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(token.ref("rsa3072"), token.key("rsa3072", "05", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"),
                            Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(token.ref("ed25519"), token.key("ed25519", "06", "-algorithm", "ED25519"),
                            Set.of(SignatureAlgorithm.ED25519), SoftHsm.PIN));
            token.make("double", "0a", "EC:prime256v1");
            token.make("double", "0b", "EC:prime256v1");
        }
        return keys;
    }

    private static KeyRef place(SoftHsm token, String name) {
        try {
            return token.ref(name);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
