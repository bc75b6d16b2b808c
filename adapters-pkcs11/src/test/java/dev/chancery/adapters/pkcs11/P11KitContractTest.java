package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// A token behind a network connection keeps the contract of every key back end. It hangs when its server is stopped.
@Tag("interop")
final class P11KitContractTest extends TokenContract {
    P11KitContractTest() {
        super("p11-kit", EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096));
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        SoftHsm token = P11Kit.start();
        token.make("double", "0a", "EC:prime256v1");
        token.make("double", "0b", "EC:prime256v1");
        return List.of(
                declared("p256", token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                declared("p384", token.key("p384", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), SignatureAlgorithm.ECDSA_P384_SHA_384,
                        SignatureAlgorithm.ECDSA_P384_SHA_256),
                declared("rsa2048", token.key("rsa2048", "03", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                        SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256));
    }

    @Override
    boolean countsLogins() {
        return false;
    }

    @Override
    DeclaredBackend.Slowing slowing(DeclaredKey key) {
        return new DeclaredBackend.Slowing() {
            @Override
            public DeclaredKey key() {
                return key;
            }

            @Override
            public AutoCloseable slowDown() throws Exception {
                return P11Kit.freeze();
            }
        };
    }

    @Override
    KeyRef ref(String name) throws KeyRefException {
        return P11Kit.ref(name);
    }
}
