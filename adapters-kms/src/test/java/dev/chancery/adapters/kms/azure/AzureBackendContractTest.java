package dev.chancery.adapters.kms.azure;

import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.Stuck;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.adapters.kms.service.Waiting;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Keys in Azure Key Vault keep the contract, against the fake.
final class AzureBackendContractTest extends SigningKeyContract {
    private @Nullable FakeKeyVault fake;

    @Override
    protected DeclaredBackend declare() throws Exception {
        fake = new FakeKeyVault();
        DeclaredKey p256 = key("p256", Keys.P256, SignatureAlgorithm.ECDSA_P256_SHA_256);
        FakeKeyVault service = fake;
        return DeclaredBackend.of(new ServiceBackend<>(fake.service(Clock.systemUTC()), new CallBudget(CallLimits.DEFAULT, Waiting.real(), new Random(1))))
                .key(p256)
                .key(key("p384", Keys.P384, SignatureAlgorithm.ECDSA_P384_SHA_384))
                .key(key("p521", Keys.P521, SignatureAlgorithm.ECDSA_P521_SHA_512))
                .key(key("rsa", Keys.RSA, SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256))
                .absent(ref("no-such-key"), null)
                .ambiguous(parse("azurekms://" + fake.host()))
                .generation(new DeclaredBackend.Generation(this::ref, EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521,
                        KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096), EnumSet.of(FileFormat.PKCS8_ENCRYPTED), null))
                .slowing(new Stuck(p256, action -> service.failSigning(() -> {
                    action.run();
                    return null;
                })))
                .build();
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(fake).close();
    }

    private DeclaredKey key(String name, FakeKey key, SignatureAlgorithm... algorithms) {
        Objects.requireNonNull(fake).add(name, key);
        return new DeclaredKey(ref(name), key.publicKey(), Set.of(algorithms), null);
    }

    private KeyRef ref(String name) {
        return parse("azurekms://" + Objects.requireNonNull(fake).host() + "/" + name);
    }

    static KeyRef parse(String uri) {
        try {
            return KeyRef.parse(uri);
        } catch (KeyRefException e) {
            throw new AssertionError(e);
        }
    }

    /// Made once: RSA keys take seconds.
    private static final class Keys {
        private static final FakeKey P256;
        private static final FakeKey P384;
        private static final FakeKey P521;
        private static final FakeKey RSA;

        static {
            try {
                P256 = FakeKey.ec("secp256r1");
                P384 = FakeKey.ec("secp384r1");
                P521 = FakeKey.ec("secp521r1");
                RSA = FakeKey.rsa(2048);
            } catch (GeneralSecurityException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
