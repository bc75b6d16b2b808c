package dev.chancery.domain.keyring;

import dev.chancery.domain.key.KeyId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// Every key that was ever trusted.
///
/// @param entries in the order of the file
public record Keyring(Map<KeyId, KeyringEntry> entries) {
    /// What a keyring calls itself.
    public static final String MEDIA_TYPE = "application/vnd.chancery.keyring.v1+json";

    /// The largest keyring that is read, in bytes.
    public static final int MAX_LENGTH = 4 * 1024 * 1024;

    /// The most entries, and the most revocations.
    public static final int MAX_ENTRIES = 2_000;

    public Keyring {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
    }

    /// The entry with an id.
    public Optional<KeyringEntry> entry(KeyId id) {
        return Optional.ofNullable(entries.get(id));
    }
}
