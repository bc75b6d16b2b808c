package dev.chancery.adapters.keys.jca;

import dev.chancery.ports.key.KeyException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.concurrent.ConcurrentHashMap;

/// Makes providers as the configuration says, one for each store, and keeps them: loading one twice would load its library twice.
final class JcaProviders {
    private final ConcurrentHashMap<JcaStore, StoreProvider> made = new ConcurrentHashMap<>();

    StoreProvider of(JcaStore store) throws KeyException {
        StoreProvider known = made.get(store);
        if (known != null) {
            return known;
        }
        synchronized (this) {
            StoreProvider again = made.get(store);
            if (again != null) {
                return again;
            }
            StoreProvider provider = new StoreProvider(
                    configured(store, store.providerNameOrNull() == null ? instantiated(store) : installed(store)));
            made.put(store, provider);
            return provider;
        }
    }

    private static Provider installed(JcaStore store) throws KeyException {
        Provider installed = Security.getProvider(store.providerNameOrNull());
        if (installed == null) {
            throw JcaFailures.provider(store, "the JVM has no provider " + store.providerNameOrNull(), null);
        }
        return installed;
    }

    private static Provider instantiated(JcaStore store) throws KeyException {
        String name = java.util.Objects.requireNonNull(store.providerClassOrNull());
        try {
            Object made = Class.forName(name, true, loader(store)).getDeclaredConstructor().newInstance();
            if (made instanceof Provider provider) {
                return provider;
            }
            throw JcaFailures.provider(store, "the class " + name + " is no java.security.Provider", null);
        } catch (ClassNotFoundException e) {
            throw JcaFailures.provider(store, "there is no class " + name + " on "
                    + (store.providerPath().isEmpty() ? "the program's class path" : String.join(", ", store.providerPath())), e);
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            throw JcaFailures.provider(store, "the class " + name + " does not load: " + e, e);
        }
    }

    /// Jars of their own see the JDK and each other, not this program's libraries: two versions of one library don't meet.
    private static ClassLoader loader(JcaStore store) throws KeyException {
        if (store.providerPath().isEmpty()) {
            return JcaProviders.class.getClassLoader();
        }
        URL[] urls = new URL[store.providerPath().size()];
        for (int i = 0; i < urls.length; i++) {
            Path jar = Path.of(store.providerPath().get(i));
            if (!Files.isReadable(jar)) {
                throw JcaFailures.provider(store, "the jar " + jar + " cannot be read", null);
            }
            try {
                urls[i] = jar.toUri().toURL();
            } catch (MalformedURLException e) {
                throw JcaFailures.provider(store, "the jar " + jar + " has no URL", e);
            }
        }
        // It lives as long as the provider: as long as the process.
        return new URLClassLoader("jca:" + store.name(), urls, ClassLoader.getPlatformClassLoader());
    }

    private static Provider configured(JcaStore store, Provider provider) throws KeyException {
        if (store.providerConfigOrNull() == null) {
            return provider;
        }
        try {
            return provider.configure(store.providerConfigOrNull());
        } catch (UnsupportedOperationException | IllegalArgumentException | ProviderException e) {
            throw JcaFailures.provider(store, "it does not take its providerConfig: " + e, e);
        }
    }
}
