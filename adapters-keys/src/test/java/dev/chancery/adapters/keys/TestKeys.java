package dev.chancery.adapters.keys;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import dev.chancery.testkit.key.FixedPinEntry;
import dev.chancery.testkit.key.JdkSignatureCheck;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Map;
import java.util.Set;

/// What tests of key files do again and again.
final class TestKeys {
    static final String PASSPHRASE = "pässwörd 鍵";
    private static final Bytes CONTENT = Bytes.ofUtf8("Ein Prüftext, 署名");

    private TestKeys() {}

    static KeyFileBackend backend() {
        return new KeyFileBackend(_ -> null, new SecureRandom());
    }

    static KeyFileBackend backend(Map<String, String> environment) {
        return new KeyFileBackend(environment::get, new SecureRandom());
    }

    static KeyAccess access(PinEntry pinEntry) {
        return new KeyAccess(pinEntry, KeyAccess.DEFAULT_DEADLINE, false);
    }

    static KeyAccess access(String passphrase) {
        return access(FixedPinEntry.of(passphrase));
    }

    static PublicKey generate(Path file, KeySpec spec, FileFormat format) throws KeyException {
        return backend().custodian().generate(new KeyRef.KeyFile(file.toString()), new KeyGeneration(spec, format), access(PASSPHRASE))
                .expectedKey().orElseThrow().key();
    }

    /// A file that only its owner can read, as keys are.
    static Path write(Path file, String content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        return Files.writeString(file, content);
    }

    /// Opens a file, signs with each algorithm of its key, and lets the JDK check that the public key is as another tool says.
    static void assertSignsAs(String publicKeyPem, Path file, String passphrase) throws Exception {
        assertSignsAs(publicKeyPem, backend(), new KeyRef.KeyFile(file.toString()), passphrase);
    }

    static void assertSignsAs(String publicKeyPem, KeyBackend backend, KeyRef ref, String passphrase) throws Exception {
        try (SigningKey key = backend.open(ref, access(passphrase))) {
            PublicKey publicKey = key.expectedKey().orElseThrow().key();
            assertEquals(publicKeyPem, publicKey.pem());
            for (SignatureAlgorithm algorithm : key.algorithms()) {
                Signature signature = key.sign(ArtifactContent.keep(CONTENT.inputStream(), Set.of(algorithm.messageDigestAlgorithm()))
                        .requestFor(algorithm), KeyAccess.DEFAULT_DEADLINE);
                assertTrue(JdkSignatureCheck.verifies(publicKey, CONTENT, signature), algorithm.cliName());
            }
        }
    }
}
