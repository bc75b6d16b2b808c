package dev.chancery.adapters.keys;

import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.JdkPublicKeys;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.Security;
import java.security.cert.Certificate;
import java.security.spec.ECGenParameterSpec;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// PKCS #12 files that the JDK made keep the contract.
final class Pkcs12BackendContractTest extends SigningKeyContract {
    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    private static @Nullable Path folder;

    private static @Nullable List<DeclaredKey> keys;

    @Override
    protected DeclaredBackend declare() throws Exception {
        List<DeclaredKey> made = keys();
        DeclaredBackend.Builder declaration = DeclaredBackend.of(new Pkcs12Backend(new SecureRandom()));
        made.forEach(declaration::key);
        return declaration
                .absent(ref("nothing"), PASSPHRASE)
                .ambiguous(new KeyRef.KeyFile(file().toString()))
                .secret(new DeclaredBackend.Secret(made.getFirst(), PinEntry.Kind.PASSPHRASE, "incorrect horse battery", null))
                .build();
    }

    private static synchronized List<DeclaredKey> keys() throws Exception {
        if (keys == null) {
            KeyStore keyStore = KeyStore.getInstance("PKCS12");
            keyStore.load(null, null);
            keys = List.of(
                    key(keyStore, "p256", ec("secp256r1"), SignatureAlgorithm.ECDSA_P256_SHA_256),
                    key(keyStore, "der schlüssel; nr=1", ec("secp384r1"), SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256),
                    key(keyStore, "rsa", KeyPairGenerator.getInstance("RSA"), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256),
                    key(keyStore, "ed25519", KeyPairGenerator.getInstance("Ed25519"), SignatureAlgorithm.ED25519, SignatureAlgorithm.ED25519_PH),
                    key(keyStore, "ml-dsa-65", KeyPairGenerator.getInstance("ML-DSA-65"), SignatureAlgorithm.ML_DSA_65));
            try (OutputStream out = Files.newOutputStream(file())) {
                keyStore.store(out, PASSPHRASE.toCharArray());
            }
        }
        return keys;
    }

    private static Path file() {
        return java.util.Objects.requireNonNull(folder).resolve("keys.P12");
    }

    private static KeyRef ref(String alias) throws Exception {
        return KeyRef.parse("jca:pkcs12;file=" + file() + ";alias="
                + java.net.URLEncoder.encode(alias, java.nio.charset.StandardCharsets.UTF_8).replace("+", "%20"));
    }

    private static DeclaredKey key(KeyStore keyStore, String alias, KeyPairGenerator generator, SignatureAlgorithm... algorithms) throws Exception {
        KeyPair pair = generator.generateKeyPair();
        keyStore.setKeyEntry(alias, pair.getPrivate(), PASSPHRASE.toCharArray(),
                new Certificate[] {TestCertificates.of(pair.getPublic(), Security.getProvider("SUN"))});
        return new DeclaredKey(ref(alias), JdkPublicKeys.fromJdk(pair.getPublic()), Set.of(algorithms), PASSPHRASE);
    }

    private static KeyPairGenerator ec(String curve) throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator;
    }
}
