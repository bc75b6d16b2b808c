package dev.chancery.testkit.key;

import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import java.util.EnumSet;
import java.util.Set;

/// The fake keeps the contract that it stands in for.
final class MemoryKeyBackendTest extends SigningKeyContract {
    private static final String PIN = "24681357";

    @Override
    protected DeclaredBackend declare() {
        MemoryKeyBackend backend = MemoryKeyBackend.protectedBy(PIN);
        DeclaredKey p256 = key(backend, KeySpec.P_256, SignatureAlgorithm.ECDSA_P256_SHA_256);
        backend.add("twin", KeySpec.P_256);
        backend.add("twin", KeySpec.P_256);
        return DeclaredBackend.of(backend)
                .key(p256)
                .key(key(backend, KeySpec.P_384, SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256))
                .key(key(backend, KeySpec.P_521, SignatureAlgorithm.ECDSA_P521_SHA_512))
                .key(key(backend, KeySpec.RSA_2048, SignatureAlgorithm.RSA_PKCS1_SHA_256))
                .key(key(backend, KeySpec.ED25519, SignatureAlgorithm.ED25519))
                .key(key(backend, KeySpec.ML_DSA_65, SignatureAlgorithm.ML_DSA_65))
                .absent(ref("nothing"), PIN)
                .ambiguous(ref("twin"))
                .secret(new DeclaredBackend.Secret(p256, PinEntry.Kind.TOKEN_PIN, "13572468", backend::attempts))
                .generation(new DeclaredBackend.Generation(MemoryKeyBackendTest::ref, EnumSet.allOf(KeySpec.class),
                        Set.of(FileFormat.PKCS8_ENCRYPTED), PIN))
                .slowing(new DeclaredBackend.Slowing() {
                    @Override
                    public DeclaredKey key() {
                        return p256;
                    }

                    @Override
                    public AutoCloseable slowDown() {
                        return backend.holdBack();
                    }
                })
                .build();
    }

    private static DeclaredKey key(MemoryKeyBackend backend, KeySpec spec, SignatureAlgorithm... algorithms) {
        PublicKey publicKey = backend.add(spec.cliName(), spec);
        return new DeclaredKey(ref(spec.cliName()), publicKey, Set.of(algorithms), PIN);
    }

    private static KeyRef ref(String label) {
        return new KeyRef.Other(MemoryKeyBackend.SCHEME, MemoryKeyBackend.SCHEME + ":" + label);
    }
}
