package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredKey;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// The key database of NSS (softokn) keeps the contract of every key back end.
@Tag("interop")
final class NssContractTest extends TokenContract {
    NssContractTest() {
        super("NSS", EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096));
    }

    @Override
    Pkcs11Settings settings() {
        return Nss.settings().withLanes(8);
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        Nss.prepare();
        List<DeclaredKey> made = List.of(
                declared("p256", Nss.key("p256", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                declared("p384", Nss.key("p384", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"), SignatureAlgorithm.ECDSA_P384_SHA_384,
                        SignatureAlgorithm.ECDSA_P384_SHA_256),
                declared("p521", Nss.key("p521", "ec", "-pkeyopt", "ec_paramgen_curve:P-521"), SignatureAlgorithm.ECDSA_P521_SHA_512),
                declared("rsa2048", Nss.key("rsa2048", "rsa:2048"), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256),
                declared("rsa3072", Nss.key("rsa3072", "rsa:3072"), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256));
        Nss.bind();
        return made;
    }

    @Override
    KeyRef ambiguous() throws KeyRefException {
        return Nss.any();
    }

    @Override
    KeyRef ref(String name) throws KeyRefException {
        return Nss.ref(name);
    }
}
