package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredKey;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/// A TPM behind tpm2-pkcs11 keeps the contract of every key back end. Its keys are made by its own tool: C_GenerateKeyPair refuses CKA_VERIFY in a
/// public half, and keys made elsewhere are not taken.
@Tag("interop")
final class TpmContractTest extends TokenContract {
    TpmContractTest() {
        super("TPM", Set.of());
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        Tpm.prepare();
        return List.of(
                declared("p256", Tpm.key("p256"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                declared("p384", Tpm.p384Key("p384"), SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256),
                declared("rsa2048", Tpm.key("rsa2048"), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256));
    }

    @Override
    KeyRef ref(String name) throws KeyRefException {
        return Tpm.ref(name);
    }
}
