package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keys in PEM files and environment variables.
public final class KeyFileBackend implements KeyBackend {
    private static final int MAX_LENGTH = 1 << 20;

    private final Function<String, @Nullable String> environment;
    private final KeyFileCodec codec;
    private final SecureRandom random;

    /// @param environment gives the value of a variable, or null
    /// @param random makes keys, salts and nonces
    public KeyFileBackend(Function<String, @Nullable String> environment, SecureRandom random) {
        this.environment = environment;
        this.codec = new KeyFileCodec(random);
        this.random = random;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return ref instanceof KeyRef.KeyFile || ref instanceof KeyRef.EnvironmentKey;
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        PrivateKeyMaterial material = codec.read(pem(ref), ref.text(), access.pinEntry());
        return new FileSigningKey(material, describe(ref, material));
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private static KeyDescription describe(KeyRef ref, PrivateKeyMaterial material) {
        return new KeyDescription(ref.text(), ref.text(), new ExpectedKey(material.publicKey(), ExpectedKey.Source.PRIVATE_KEY),
                List.of(new KeyDescription.Fact("exportable", "yes: it is a file, not hardware")));
    }

    private Bytes pem(KeyRef ref) throws KeyException {
        return switch (ref) {
            case KeyRef.KeyFile file -> file(file.path());
            case KeyRef.EnvironmentKey variable -> {
                String value = environment.apply(variable.variable());
                if (value == null) {
                    throw new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key in " + variable.text(),
                            "the environment variable is not set", "set it to the PEM text of the key"), List.of());
                }
                yield Bytes.ofUtf8(value);
            }
            default -> throw new IllegalArgumentException("not a key file");
        };
    }

    private static Bytes file(String path) throws KeyException {
        try (InputStream in = Files.newInputStream(Path.of(path))) {
            Bytes content = Bytes.readUpTo(in, MAX_LENGTH).orElseThrow(() -> KeyFiles.invalid(path, "it is longer than " + MAX_LENGTH + " bytes", null));
            if (content.startsWith(Bytes.ofUtf8("-----BEGIN PRIVATE KEY-----"))) {
                refuseExposed(path);
            }
            return content;
        } catch (NoSuchFileException e) {
            throw new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key " + path, "there is no such file",
                    "make one with chancery key generate, or check the path"), List.of());
        } catch (IOException | java.nio.file.InvalidPathException e) {
            throw KeyFiles.invalid(path, "it cannot be read: " + e.getMessage(), e);
        }
    }

    /// A plain key has no other protection than the file's permissions.
    private static void refuseExposed(String path) throws IOException, KeyException {
        var view = Files.getFileAttributeView(Path.of(path), java.nio.file.attribute.PosixFileAttributeView.class);
        if (view != null) {
            String permissions = java.nio.file.attribute.PosixFilePermissions.toString(view.readAttributes().permissions());
            if (!permissions.endsWith("------")) {
                throw new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_FILE_EXPOSED, "the key " + path + " was not used",
                        "it is not encrypted, and its permissions are " + permissions, "chmod 600 the file, or encrypt the key"), null);
            }
        }
    }

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return ref instanceof KeyRef.KeyFile
                    ? EnumSet.of(KeySpec.P_256, KeySpec.P_384, KeySpec.P_521, KeySpec.ED25519, KeySpec.RSA_2048, KeySpec.RSA_3072, KeySpec.RSA_4096)
                    : Set.of();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            if (!(ref instanceof KeyRef.KeyFile file)) {
                throw new KeyException.Unsupported("no key was made in " + ref.text(), "name a file");
            }
            if (!generatable(ref).contains(generation.spec())) {
                throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED, "no key was made",
                        "key files of kind " + generation.spec().cliName() + " are not written", "choose p256, p384, p521, ed25519 or rsa3072"), null);
            }
            if (Files.exists(Path.of(file.path()), LinkOption.NOFOLLOW_LINKS)) {
                throw exists(file.path());
            }
            byte[] pkcs8 = newKey(generation.spec());
            try {
                PrivateKeyMaterial material = PrivateKeyMaterial.fromPkcs8(pkcs8, file.path());
                write(file.path(), codec.write(pkcs8, generation.fileFormat(), file.path(), access.pinEntry()));
                return KeyFileBackend.describe(ref, material);
            } finally {
                Arrays.fill(pkcs8, (byte) 0);
            }
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            return List.of(describe(ref, access));
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            return KeyFileBackend.describe(ref, codec.read(pem(ref), ref.text(), access.pinEntry()));
        }
    }

    private byte[] newKey(KeySpec spec) {
        try {
            KeyPairGenerator generator = switch (spec) {
                case P_256, P_384, P_521 -> KeyPairGenerator.getInstance("EC");
                case ED25519 -> KeyPairGenerator.getInstance("Ed25519");
                default -> KeyPairGenerator.getInstance("RSA");
            };
            switch (spec) {
                case P_256, P_384, P_521 ->
                    generator.initialize(new ECGenParameterSpec(spec.curve().orElseThrow().secName()), random);
                case RSA_2048 -> generator.initialize(2048, random);
                case RSA_3072 -> generator.initialize(3072, random);
                case RSA_4096 -> generator.initialize(4096, random);
                case ED25519, ML_DSA_44, ML_DSA_65, ML_DSA_87 -> {
                    // One size only.
                }
            }
            return generator.generateKeyPair().getPrivate().getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes " + spec.cliName() + " keys", e);
        }
    }

    private static KeyException.Exists exists(String path) {
        return new KeyException.Exists(new Problem(ErrorCode.KEY_EXISTS, "no key was made", "the file " + path + " exists",
                "choose another name; a key is never written over"));
    }

    /// To a new file of its owner's beside it, flushed, then linked: whole or not at all, never over another.
    private static void write(String path, Bytes pem) throws KeyException {
        Path target = Path.of(path).toAbsolutePath();
        Path temporary = null;
        try {
            temporary = Files.createTempFile(target.getParent(), ".chancery-", ".new");
            try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                var buffer = pem.byteBuffer();
                while (buffer.hasRemaining()) {
                    channel.write(buffer);
                }
                channel.force(true);
            }
            Files.createLink(target, temporary);
        } catch (FileAlreadyExistsException e) {
            throw exists(path);
        } catch (IOException e) {
            throw new KeyException.BackendUnusable(new Problem(ErrorCode.OUTPUT_UNWRITABLE, "no key was made",
                    "the file " + path + " cannot be written: " + e.getMessage(), "check the folder and its permissions"), e);
        } finally {
            if (temporary != null) {
                try {
                    Files.deleteIfExists(temporary);
                } catch (IOException e) {
                    // It is the same file as the result, under another name, for its owner only.
                }
            }
        }
    }
}
