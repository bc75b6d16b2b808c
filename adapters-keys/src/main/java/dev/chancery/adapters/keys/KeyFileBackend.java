package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
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
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Keys in PEM files and environment variables: every path that isn't one of a PKCS #12 file.
///
/// Links are followed, as everywhere: what counts is the file they lead to. A plain key that others can read is refused; an encrypted
/// one is used, and its description says so, since cosign's own files are often shared with their passphrase kept apart.
public final class KeyFileBackend implements KeyBackend {
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
        return ref instanceof KeyRef.EnvironmentKey || ref instanceof KeyRef.KeyFile file && !Pkcs12Backend.isPkcs12(file.path());
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        Found found = find(ref, access);
        return new FileSigningKey(found.material(), describe(ref, found));
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private Found find(KeyRef ref, KeyAccess access) throws KeyException {
        return switch (ref) {
            case KeyRef.KeyFile file -> {
                KeyFileStore.Content content = KeyFileStore.read(file.path());
                yield new Found(codec.read(content.pem(), file.path(), access.pinEntry()), content.exposedOrNull());
            }
            case KeyRef.EnvironmentKey variable -> new Found(codec.read(variable(variable), variable.text(), access.pinEntry()), null);
            default -> throw new IllegalArgumentException("not a key file");
        };
    }

    private Bytes variable(KeyRef.EnvironmentKey variable) throws KeyException {
        String value = environment.apply(variable.variable());
        if (value == null) {
            throw KeyFiles.absent("in " + variable.text(), "the environment variable is not set", "set it to the PEM text of the key");
        }
        if (value.length() > KeyFileStore.MAX_LENGTH) {
            throw KeyFiles.invalid(variable.text(), "it is longer than " + KeyFileStore.MAX_LENGTH + " characters");
        }
        try {
            return Bytes.ofUtf8(value);
        } catch (IllegalArgumentException e) {
            throw KeyFiles.invalid(variable.text(), "it is not text", e);
        }
    }

    private static KeyDescription describe(KeyRef ref, Found found) {
        return new KeyDescription(ref.text(), ref.text(), new ExpectedKey(found.material().publicKey(), ExpectedKey.Source.PRIVATE_KEY),
                KeyFiles.facts(found.exposedOrNull()));
    }

    /// A key that was read.
    ///
    /// @param exposedOrNull the permissions of its file, when others can read it
    private record Found(PrivateKeyMaterial material, @Nullable String exposedOrNull) {}

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return ref instanceof KeyRef.KeyFile ? EnumSet.allOf(KeySpec.class) : Set.of();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            if (!(ref instanceof KeyRef.KeyFile file)) {
                throw new KeyException.Unsupported("no key was made in " + ref.text(), "name a file");
            }
            KeyFileStore.refuseExisting(file.path());
            byte[] pkcs8 = NewKeys.pkcs8(generation.spec(), random);
            try {
                PrivateKeyMaterial material = PrivateKeyMaterial.fromPkcs8(pkcs8, file.path(), random);
                KeyFileStore.writeNew(file.path(), codec.write(pkcs8, generation.fileFormat(), file.path(), access.pinEntry()));
                return KeyFileBackend.describe(ref, new Found(material, null));
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
            return KeyFileBackend.describe(ref, find(ref, access));
        }
    }
}
