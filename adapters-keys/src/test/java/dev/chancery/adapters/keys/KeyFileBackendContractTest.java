package dev.chancery.adapters.keys;

import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.testkit.key.DeclaredBackend;
import dev.chancery.testkit.key.DeclaredKey;
import dev.chancery.testkit.key.JdkPublicKeys;
import dev.chancery.testkit.key.SigningKeyContract;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;

/// Key files keep the contract, with keys that the JDK made, so that the JDK says which public key belongs to each.
final class KeyFileBackendContractTest extends SigningKeyContract {
    private static final String PASSPHRASE = "correct horse battery";

    @TempDir
    private @Nullable Path folder;

    @Override
    protected DeclaredBackend declare() throws Exception {
        KeyFileBackend backend = new KeyFileBackend(_ -> null, new SecureRandom());
        DeclaredKey p256 = jdkKey("p256.pem", ec("secp256r1"), SignatureAlgorithm.ECDSA_P256_SHA_256);
        DeclaredKey locked = new DeclaredKey(encrypted(p256), p256.publicKey(), p256.algorithms(), PASSPHRASE);
        return DeclaredBackend.of(backend)
                .key(locked)
                .key(jdkKey("p384.pem", ec("secp384r1"), SignatureAlgorithm.ECDSA_P384_SHA_384, SignatureAlgorithm.ECDSA_P384_SHA_256))
                .key(jdkKey("p521.pem", ec("secp521r1"), SignatureAlgorithm.ECDSA_P521_SHA_512))
                .key(jdkKey("ed25519.pem", KeyPairGenerator.getInstance("Ed25519"), SignatureAlgorithm.ED25519, SignatureAlgorithm.ED25519_PH))
                .key(jdkKey("rsa.pem", rsa(2048), SignatureAlgorithm.RSA_PKCS1_SHA_256, SignatureAlgorithm.RSA_PSS_SHA_256))
                .key(jdkKey("mldsa44.pem", KeyPairGenerator.getInstance("ML-DSA-44"), SignatureAlgorithm.ML_DSA_44))
                .key(jdkKey("mldsa65.pem", KeyPairGenerator.getInstance("ML-DSA-65"), SignatureAlgorithm.ML_DSA_65))
                .key(jdkKey("mldsa87.pem", KeyPairGenerator.getInstance("ML-DSA-87"), SignatureAlgorithm.ML_DSA_87))
                .absent(ref("nothing.pem"), null)
                .secret(new DeclaredBackend.Secret(locked, PinEntry.Kind.PASSPHRASE, "incorrect horse battery", null))
                .generation(new DeclaredBackend.Generation(name -> ref(name + ".pem"), EnumSet.allOf(KeySpec.class),
                        EnumSet.allOf(FileFormat.class), PASSPHRASE))
                .build();
    }

    private KeyRef ref(String name) {
        return new KeyRef.KeyFile(folder().resolve(name).toString());
    }

    private Path folder() {
        return java.util.Objects.requireNonNull(folder);
    }

    private DeclaredKey jdkKey(String name, KeyPairGenerator generator, SignatureAlgorithm... algorithms) throws IOException {
        KeyPair pair = generator.generateKeyPair();
        Path file = folder().resolve(name);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, "-----BEGIN PRIVATE KEY-----\n" + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
                + "\n-----END PRIVATE KEY-----\n");
        return new DeclaredKey(ref(name), JdkPublicKeys.fromJdk(pair.getPublic()), Set.of(algorithms), null);
    }

    /// The same key, encrypted by OpenSSL.
    private KeyRef encrypted(DeclaredKey plain) throws Exception {
        Path file = folder().resolve("encrypted.pem");
        Commands.run(folder(), PASSPHRASE, "openssl", "pkcs8", "-topk8", "-in", plain.ref().text(), "-out", file.toString(), "-passout", "stdin");
        return new KeyRef.KeyFile(file.toString());
    }

    private static KeyPairGenerator ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return generator;
    }

    private static KeyPairGenerator rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return generator;
    }
}
