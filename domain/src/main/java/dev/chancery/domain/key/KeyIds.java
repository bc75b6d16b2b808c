package dev.chancery.domain.key;

import java.util.Collections;
import java.util.HashMap;
import java.util.Map;

/// The ids of keys that were met, so that a batch under one key doesn't encode and hash it for every line. Bounded.
final class KeyIds {
    private static final int MAX = 1024;
    private static final Map<PublicKey, KeyId> KNOWN = Collections.synchronizedMap(new HashMap<>());

    private KeyIds() {}

    static KeyId of(PublicKey key) {
        KeyId known = KNOWN.get(key);
        if (known != null) {
            return known;
        }
        KeyId id = KeyId.of(key.subjectPublicKeyInfo());
        if (KNOWN.size() >= MAX) {
            KNOWN.clear(); // few batches have so many keys, and those lose little
        }
        KNOWN.put(key, id);
        return id;
    }
}
