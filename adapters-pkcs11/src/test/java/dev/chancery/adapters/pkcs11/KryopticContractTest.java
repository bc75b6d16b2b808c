package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.FixedPinEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;

/// kryoptic keeps the contract of every key back end, with every algorithm there is. It locks after a few wrong PINs, which the right one
/// between them sets back.
@Tag("interop")
final class KryopticContractTest extends TokenContract {
    /// Its OpenSSL layer keeps what it can't stream in a buffer of this size.
    private static final int LONGEST_ED25519_MESSAGE = 1024 * 1024;

    KryopticContractTest() {
        super("kryoptic", EnumSet.allOf(KeySpec.class));
    }

    @Override
    Pkcs11Settings settings() {
        return Pkcs11Settings.of(null).withLanes(4);
    }

    @Override
    List<DeclaredKey> make(Pkcs11Backend backend) throws Exception {
        Kryoptic.prepare();
        List<DeclaredKey> made = new ArrayList<>();
        made.add(imported("p256", "01", Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        made.add(imported("p384", "02", Set.of(SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256),
                "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"));
        made.add(imported("p521", "03", Set.of(SignatureAlgorithm.ECDSA_P521_SHA_512), "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-521"));
        made.add(imported("rsa2048", "04", Set.of(SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256),
                "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048"));
        DeclaredKey ed25519 = generated(backend, KeySpec.ED25519, SignatureAlgorithm.ED25519);
        made.add(new DeclaredKey(ed25519.ref(), ed25519.publicKey(), ed25519.algorithms(), SoftHsm.PIN, LONGEST_ED25519_MESSAGE));
        made.add(generated(backend, KeySpec.ML_DSA_44, SignatureAlgorithm.ML_DSA_44));
        made.add(generated(backend, KeySpec.ML_DSA_65, SignatureAlgorithm.ML_DSA_65));
        made.add(generated(backend, KeySpec.ML_DSA_87, SignatureAlgorithm.ML_DSA_87));
        imported("double", "0a", Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        imported("double", "0b", Set.of(SignatureAlgorithm.ECDSA_P256_SHA_256), "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        return made;
    }

    private static DeclaredKey imported(String name, String id, Set<SignatureAlgorithm> algorithms, String... openssl) throws Exception {
        return new DeclaredKey(Kryoptic.ref(name), Kryoptic.key(name, id, openssl), algorithms, SoftHsm.PIN);
    }

    /// pkcs11-tool and OpenSSL 3.0 can't make these here; that their signatures verify in the JDK is the second opinion.
    private static DeclaredKey generated(Pkcs11Backend backend, KeySpec spec, SignatureAlgorithm... algorithms) throws Exception {
        KeyRef ref = Kryoptic.ref("made-" + spec.cliName());
        PublicKey made = backend.custodian().generate(ref, new KeyGeneration(spec, FileFormat.PKCS8_ENCRYPTED),
                new KeyAccess(FixedPinEntry.of(SoftHsm.PIN), Duration.ofSeconds(60), false)).expectedKey().orElseThrow().key();
        return new DeclaredKey(ref, made, Set.of(algorithms), SoftHsm.PIN);
    }

    @Override
    KeyRef ref(String name) throws KeyRefException {
        return Kryoptic.ref(name);
    }
}
