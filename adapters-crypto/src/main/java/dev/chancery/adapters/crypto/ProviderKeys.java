package dev.chancery.adapters.crypto;

import dev.chancery.domain.key.PublicKey;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/// Public keys in a provider's own form, each converted once: converting costs as much as verifying. Bounded; the keys that were not
/// asked for the longest are forgotten. Thread-safe.
final class ProviderKeys {
    private static final float LOAD_FACTOR = 0.75f;

    private final Conversion conversion;
    private final Map<PublicKey, java.security.PublicKey> converted;

    /// @param capacity the number of keys that are kept
    ProviderKeys(int capacity, Conversion conversion) {
        this.conversion = conversion;
        this.converted = new LinkedHashMap<>(16, LOAD_FACTOR, true) {
            private static final long serialVersionUID = 1;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PublicKey, java.security.PublicKey> eldest) {
                return size() > capacity;
            }
        };
    }

    java.security.PublicKey of(PublicKey key) throws GeneralSecurityException {
        synchronized (converted) {
            java.security.PublicKey known = converted.get(key);
            if (known != null) {
                return known;
            }
        }
        // Outside the lock: a thread that converts the same key at the same time does no harm.
        java.security.PublicKey made = conversion.convert(key);
        synchronized (converted) {
            converted.put(key, made);
        }
        return made;
    }

    int size() {
        synchronized (converted) {
            return converted.size();
        }
    }

    /// Turns a key into the provider's form.
    interface Conversion {
        /// Converts one key.
        java.security.PublicKey convert(PublicKey key) throws GeneralSecurityException;
    }
}
