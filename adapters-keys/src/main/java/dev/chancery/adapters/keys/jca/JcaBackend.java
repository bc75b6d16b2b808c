package dev.chancery.adapters.keys.jca;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.domain.key.KeyGeneration;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeySpec;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyBackend;
import dev.chancery.ports.key.KeyCustodian;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import dev.chancery.ports.key.SigningKey;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.ProviderException;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/// Keys in the key stores of JCA providers (see the package). It generates none: each provider has its own way.
public final class JcaBackend implements KeyBackend {
    private final JcaConfiguration configuration;
    private final PublicKeyDecoder keys;
    private final JcaProviders providers = new JcaProviders();
    private final ProviderCalls calls = new ProviderCalls();

    /// @param configuration where the stores are named
    /// @param keys reads the public keys of certificates
    public JcaBackend(JcaConfiguration configuration, PublicKeyDecoder keys) {
        this.configuration = configuration;
        this.keys = keys;
    }

    /// Every `jca:` reference but those to PKCS #12 files.
    @Override
    public boolean accepts(KeyRef ref) {
        String prefix = JcaUri.SCHEME + ":" + JcaUri.PKCS12;
        return JcaUri.isMeantBy(ref) && !ref.text().equals(prefix) && !ref.text().startsWith(prefix + ";");
    }

    @Override
    public SigningKey open(KeyRef ref, KeyAccess access) throws KeyException {
        try (OpenStore store = openStore(ref, access)) {
            JcaUri uri = store.only();
            PublicKey publicKey = publicKey(store, uri);
            JcaSignatures signatures = JcaSignatures.of(store.settings(), store.provider(), store.privateKey(uri), publicKey);
            if (signatures.names().isEmpty()) {
                throw JcaFailures.algorithm(uri.text(), "the provider " + store.provider().getName() + " makes no signature of those that "
                        + publicKey.description() + " keys make here");
            }
            return new JcaSigningKey(describe(store, uri), signatures, calls, store.provider);
        }
    }

    @Override
    public KeyCustodian custodian() {
        return new Custodian();
    }

    private KeyDescription describe(OpenStore store, JcaUri uri) throws KeyException {
        return new KeyDescription(uri.text(), String.valueOf(uri.aliasOrNull()),
                new ExpectedKey(publicKey(store, uri), ExpectedKey.Source.CERTIFICATE),
                List.of(new Fact("provider", store.provider().getName() + " " + store.provider().getVersionStr()),
                        new Fact("keyStore", store.keyStore().getType())));
    }

    private PublicKey publicKey(OpenStore store, JcaUri uri) throws KeyException {
        try {
            Certificate certificate = store.keyStore().getCertificate(uri.aliasOrNull());
            if (certificate == null) {
                throw JcaFailures.withoutCertificate(uri);
            }
            return keys.decodeDer(Bytes.copyOf(certificate.getPublicKey().getEncoded()));
        } catch (PublicKeyException e) {
            throw JcaFailures.algorithm(uri.text(), "its public key is not one that is used here: " + e.problem().why());
        } catch (GeneralSecurityException | ProviderException e) {
            throw JcaFailures.opening(store.settings(), e);
        }
    }

    /// Loads the provider and logs in.
    private OpenStore openStore(KeyRef ref, KeyAccess access) throws KeyException {
        JcaUri uri = JcaUri.parse(ref.text());
        JcaStore settings = configuration.store(uri.store());
        StoreProvider provider = providers.of(settings);
        char @Nullable [] pin = settings.pinRequired() ? pin(settings, access.pinEntry()) : null;
        StoreProvider.Use use = provider.use();
        try {
            KeyStore keyStore = calls.call(access.deadline(), () -> loaded(settings, provider.provider(), pin));
            return new OpenStore(settings, provider, use, keyStore, uri, pin);
        } catch (ExecutionException e) {
            wipe(pin);
            use.close();
            throw JcaFailures.opening(settings, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            // The call that hangs keeps the PIN and the provider: taking either away under it isn't safe.
            throw JcaFailures.deadline("the key store " + settings.name() + " was not opened", access.deadline());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw JcaFailures.opening(settings, e);
        }
    }

    private static KeyStore loaded(JcaStore settings, Provider provider, char @Nullable [] pin) throws GeneralSecurityException, IOException {
        KeyStore keyStore = KeyStore.getInstance(settings.type(), provider);
        if (settings.fileOrNull() == null) {
            keyStore.load(null, pin);
        } else {
            try (InputStream in = Files.newInputStream(Path.of(settings.fileOrNull()))) {
                keyStore.load(in, pin);
            }
        }
        return keyStore;
    }

    private static char[] pin(JcaStore store, PinEntry pinEntry) throws KeyException {
        try (Pin pin = pinEntry.request(new PinEntry.Prompt(JcaFailures.pinKind(store), store.name()))
                .orElseThrow(() -> JcaFailures.noPin(store))) {
            return pin.characters(SecretAccess.grantedForUse());
        }
    }

    private static void wipe(char @Nullable [] pin) {
        if (pin != null) {
            Arrays.fill(pin, '\0');
        }
    }

    /// A store that was logged in to. Closing it overwrites the PIN.
    private static final class OpenStore implements AutoCloseable {
        private final JcaStore settings;
        private final StoreProvider provider;
        private final StoreProvider.Use use;
        private final KeyStore keyStore;
        private final JcaUri uri;
        private final char @Nullable [] pin;

        private OpenStore(JcaStore settings, StoreProvider provider, StoreProvider.Use use, KeyStore keyStore, JcaUri uri,
                char @Nullable [] pin) {
            this.settings = settings;
            this.provider = provider;
            this.use = use;
            this.keyStore = keyStore;
            this.uri = uri;
            this.pin = pin;
        }

        JcaStore settings() {
            return settings;
        }

        Provider provider() {
            return provider.provider();
        }

        KeyStore keyStore() {
            return keyStore;
        }

        /// The keys that the reference matches, by alias.
        List<JcaUri> matching() throws KeyException {
            return matching(uri.aliasOrNull());
        }

        private List<JcaUri> matching(@Nullable String wanted) throws KeyException {
            List<String> aliases = new ArrayList<>();
            try {
                for (String alias : Collections.list(keyStore.aliases())) {
                    if (keyStore.isKeyEntry(alias) && (wanted == null || wanted.equals(alias))) {
                        aliases.add(alias);
                    }
                }
            } catch (GeneralSecurityException | ProviderException e) {
                throw JcaFailures.opening(settings, e);
            }
            return aliases.stream().sorted().map(uri::withAlias).toList();
        }

        JcaUri only() throws KeyException {
            List<JcaUri> matching = matching();
            List<String> present = matching.stream().map(JcaUri::text).toList();
            if (matching.isEmpty()) {
                throw JcaFailures.absent(uri, matching(null).stream().map(JcaUri::text).toList());
            }
            if (matching.size() > 1) {
                throw JcaFailures.ambiguous(uri, present);
            }
            return matching.getFirst();
        }

        PrivateKey privateKey(JcaUri key) throws KeyException {
            try {
                if (keyStore.getKey(key.aliasOrNull(), pin) instanceof PrivateKey found) {
                    return found;
                }
                throw JcaFailures.absent(key, List.of());
            } catch (GeneralSecurityException | ProviderException e) {
                throw JcaFailures.opening(settings, e);
            }
        }

        @Override
        public void close() {
            wipe(pin);
            use.close();
        }
    }

    private final class Custodian implements KeyCustodian {
        @Override
        public Set<KeySpec> generatable(KeyRef ref) {
            return Set.of();
        }

        @Override
        public KeyDescription generate(KeyRef ref, KeyGeneration generation, KeyAccess access) throws KeyException {
            throw new KeyException.Unsupported("no key was made in " + ref.text(), "make it with the provider's own tools, or keytool");
        }

        @Override
        public List<KeyDescription> list(KeyRef ref, KeyAccess access) throws KeyException {
            try (OpenStore store = openStore(ref, access)) {
                List<KeyDescription> found = new ArrayList<>();
                for (JcaUri key : store.matching()) {
                    found.add(JcaBackend.this.describe(store, key));
                }
                return List.copyOf(found);
            }
        }

        @Override
        public KeyDescription describe(KeyRef ref, KeyAccess access) throws KeyException {
            try (OpenStore store = openStore(ref, access)) {
                return JcaBackend.this.describe(store, store.only());
            }
        }
    }
}
