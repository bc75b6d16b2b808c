package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredKey;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;

/// SoftHSM2 keeps the contract of every key back end.
class SoftHsmContractTest extends TokenContract {
    private static final String LABEL = "contract";

    SoftHsmContractTest() {
        super("SoftHSM2", EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.ED25519, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096));
    }

    @Override
    Pkcs11Settings settings() {
        return Pkcs11Settings.of(SoftHsm.module().toString()).withLanes(8);
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        SoftHsm token = SoftHsm.token(LABEL);
        token.make("double", "0a", "EC:prime256v1");
        token.make("double", "0b", "EC:prime256v1");
        return List.of(
                declared("p256", token.key("p256", "01", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                declared("p384", token.key("p384", "02", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), SignatureAlgorithm.ECDSA_P384_SHA_384,
                        SignatureAlgorithm.ECDSA_P384_SHA_256),
                declared("p521", token.key("p521", "03", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"), SignatureAlgorithm.ECDSA_P521_SHA_512),
                declared("rsa2048", token.key("rsa2048", "04", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"),
                        SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256),
                declared("rsa3072", token.key("rsa3072", "05", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:3072"),
                        SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256),
                declared("ed25519", token.key("ed25519", "06", "-algorithm", "ED25519"), SignatureAlgorithm.ED25519));
    }

    @Override
    KeyRef ref(String name) throws IOException, KeyRefException {
        return SoftHsm.token(LABEL).ref(name);
    }
}
