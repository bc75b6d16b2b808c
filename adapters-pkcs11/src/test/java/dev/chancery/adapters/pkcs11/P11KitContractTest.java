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
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;

/// A token behind a network connection keeps the contract of every key back end. It hangs when its server is stopped.
@Tag("interop")
final class P11KitContractTest extends SigningKeyContract {
    private static final AtomicInteger DECLARATIONS = new AtomicInteger();
    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        SoftHsm token = P11Kit.start();
        List<DeclaredKey> made = keys(token);
        int number = DECLARATIONS.incrementAndGet();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(new Pkcs11Backend(Pkcs11Settings.of(null).withLanes(8), SoftHsm.decoder()));
        made.forEach(declaration::key);
        return declaration
                .absent(P11Kit.ref("nothing"), SoftHsm.PIN)
                .ambiguous(P11Kit.ref("double"))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.TOKEN_PIN, "wrong-" + number, null))
                .generation(new DeclaredBackend.Generation(name -> place(name + number),
                        EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096),
                        Set.of(FileFormat.PKCS8_ENCRYPTED), SoftHsm.PIN))
                .slowing(new DeclaredBackend.Slowing() {
                    @Override
                    public DeclaredKey key() {
                        return made.getFirst();
                    }

                    @Override
                    public AutoCloseable slowDown() throws Exception {
                        return P11Kit.freeze();
                    }
                })
                .build();
    }

    private static synchronized List<DeclaredKey> keys(SoftHsm token) throws Exception {
        if (keys == null) {
            keys = List.of(
                    new DeclaredKey(P11Kit.ref("p256"), token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"),
                            Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(P11Kit.ref("p384"), token.key("p384", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"),
                            Set.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256), SoftHsm.PIN),
                    new DeclaredKey(P11Kit.ref("rsa2048"), token.key("rsa2048", "03", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                            Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256), SoftHsm.PIN));
            token.make("double", "0a", "EC:prime256v1");
            token.make("double", "0b", "EC:prime256v1");
        }
        return keys;
    }

    private static KeyRef place(String name) {
        try {
            return P11Kit.ref(name);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }
}
