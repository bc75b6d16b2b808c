package dev.chancery.adapters.kms.gcp;

import com.google.cloud.kms.v1.CryptoKeyVersion.CryptoKeyVersionAlgorithm;
import dev.chancery.adapters.kms.fake.FakeKey;
import dev.chancery.adapters.kms.fake.FakeTime;
import dev.chancery.adapters.kms.fake.Stuck;
import dev.chancery.adapters.kms.service.CallBudget;
import dev.chancery.adapters.kms.service.CallLimits;
import dev.chancery.adapters.kms.service.ServiceBackend;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/// Keys in Google Cloud KMS keep the contract, against the fake. Ed25519 is not declared, because the service takes no more than 64 KiB
/// of a message, and the contract asks for 16 MiB: [GoogleFailuresTest] has what it does.
class GoogleBackendContractTest extends SigningKeyContract {
    private @Nullable FakeGoogleKms fake;

    @Override
    protected DeclaredBackend declare() throws Exception {
        fake = new FakeGoogleKms();
        FakeTime time = new FakeTime();
        DeclaredKey p256 = key("p256", Keys.P256, CryptoKeyVersionAlgorithm.EC_SIGN_P256_SHA256, SignatureAlgorithm.ECDSA_P256_SHA_256);
        FakeGoogleKms service = fake;
        return DeclaredBackend.of(new ServiceBackend<>(connect(fake, time), new CallBudget(CallLimits.DEFAULT, time, new Random(1))))
                .key(p256)
                .key(key("p384", Keys.P384, CryptoKeyVersionAlgorithm.EC_SIGN_P384_SHA384, SignatureAlgorithm.ECDSA_P384_SHA_384))
                .key(key("pkcs1", Keys.RSA_3072, CryptoKeyVersionAlgorithm.RSA_SIGN_PKCS1_3072_SHA256, SignatureAlgorithm.RSA_PKCS1_SHA_256))
                .key(key("pss", Keys.RSA_2048, CryptoKeyVersionAlgorithm.RSA_SIGN_PSS_2048_SHA256, SignatureAlgorithm.RSA_PSS_SHA_256))
                .absent(ref("no-such-key"), null)
                .ambiguous(parse("gcpkms://" + FakeGoogleKms.RING))
                .generation(new DeclaredBackend.Generation(GoogleBackendContractTest::ref, EnumSet.of(KeySpec.P_256, KeySpec.P_384,
                        KeySpec.ED25519, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096), EnumSet.of(FileFormat.PKCS8_ENCRYPTED), null))
                .slowing(new Stuck(p256, action -> service.fail(_ -> {
                    action.run();
                    return null;
                })))
                .build();
    }

    GoogleKeyService connect(FakeGoogleKms service, FakeTime time) throws IOException {
        return service.service(time);
    }

    @AfterEach
    void close() {
        Objects.requireNonNull(fake).close();
    }

    private DeclaredKey key(String name, FakeKey key, CryptoKeyVersionAlgorithm kind, SignatureAlgorithm algorithm) {
        Objects.requireNonNull(fake).add(name, kind, key);
        return new DeclaredKey(ref(name), key.publicKey(), Set.of(algorithm), null);
    }

    static KeyRef ref(String name) {
        return parse("gcpkms://" + FakeGoogleKms.RING + "/cryptoKeys/" + name);
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
        private static final FakeKey RSA_2048;
        private static final FakeKey RSA_3072;

        static {
            try {
                P256 = FakeKey.ec("secp256r1");
                P384 = FakeKey.ec("secp384r1");
                RSA_2048 = FakeKey.rsa(2048);
                RSA_3072 = FakeKey.rsa(3072);
            } catch (GeneralSecurityException e) {
                throw new ExceptionInInitializerError(e);
            }
        }
    }
}
