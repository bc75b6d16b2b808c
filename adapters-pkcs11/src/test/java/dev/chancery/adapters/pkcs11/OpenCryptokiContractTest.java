package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredKey;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Tag;

/// The software token of openCryptoki, whose mechanisms are RSA's, keeps the contract of every key back end.
@Tag("interop")
final class OpenCryptokiContractTest extends TokenContract {
    OpenCryptokiContractTest() {
        super("openCryptoki", EnumSet.of(KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096));
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        OpenCryptoki.prepare();
        OpenCryptoki.key("double", "0a", 2048);
        OpenCryptoki.key("double", "0b", 2048);
        return List.of(key("rsa2048", "01", 2048), key("rsa3072", "02", 3072));
    }

    private DeclaredKey key(String name, String id, int bits) throws Exception {
        return declared(name, OpenCryptoki.key(name, id, bits), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256);
    }

    @Override
    KeyRef ref(String name) throws KeyRefException {
        return OpenCryptoki.ref(name);
    }
}
