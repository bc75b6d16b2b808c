package dev.chancery.app.cli.addon;

import dev.chancery.domain.key.AwsKmsKeyRef;
import dev.chancery.domain.key.AzureKmsKeyRef;
import dev.chancery.domain.key.GcpKmsKeyRef;
import dev.chancery.domain.key.HashiVaultKeyRef;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyEvidence;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyBackendProvider;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands for an add-on until a key of its kind is used.
public final class AddOnBackend implements KeyBackend {
    private final Kind kind;
    private final AddOnFolder folder;
    private final KeyBackendProvider.Surroundings surroundings;
    private @Nullable KeyBackend loaded;

    public AddOnBackend(Kind kind, AddOnFolder folder, KeyBackendProvider.Surroundings surroundings) {
        this.kind = kind;
        this.folder = folder;
        this.surroundings = surroundings;
    }

    @Override
    public boolean accepts(KeyRef ref) {
        return kind.references.isInstance(ref);
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        return backend().open(ref, access);
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private synchronized KeyBackend backend() throws KeyException {
        if (loaded == null) {
            loaded = folder.load(kind.name().toLowerCase(Locale.ROOT), surroundings);
        }
        return loaded;
    }

    /// The kinds of key that add-ons are for, by the scheme that names the add-on's folder.
    public enum Kind {
        AWSKMS(AwsKmsKeyRef.class),
        GCPKMS(GcpKmsKeyRef.class),
        AZUREKMS(AzureKmsKeyRef.class),
        HASHIVAULT(HashiVaultKeyRef.class);

        private final Class<? extends KeyRef> references;

        Kind(Class<? extends KeyRef> references) {
            this.references = references;
        }
    }

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            try {
                return backend().custodian().generatable(ref);
            } catch (KeyException e) {
                return Set.of(); // Whoever asks for more than this is told why not.
            }
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            return backend().custodian().generate(ref, generation, access);
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            return backend().custodian().list(ref, access);
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            return backend().custodian().describe(ref, access);
        }

        @Override
        public KeyEvidence evidence(KeyRef ref, KeyAccess access) throws KeyException {
            return backend().custodian().evidence(ref, access);
        }

        @Override
        public KeyDescription rotate(KeyRef ref, KeyAccess access) throws KeyException {
            return backend().custodian().rotate(ref, access);
        }

        @Override
        public void destroy(KeyRef ref, KeyId confirmed, KeyAccess access) throws KeyException {
            backend().custodian().destroy(ref, confirmed, access);
        }
    }
}
