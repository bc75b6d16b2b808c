package dev.chancery.ports.trust;

import dev.chancery.domain.bytes.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Where what was pulled from one repository is kept. Blocks.
public interface TufStore {
    /// What was kept last; nothing before the first time.
    ///
    /// @throws TrustSourceException when it can't be read
    Optional<Kept> load() throws TrustSourceException;

    /// Keeps files, all or none: a process that is killed leaves the old ones.
    ///
    /// @throws TrustSourceException when they can't be written
    void save(Kept kept) throws TrustSourceException;

    /// What is kept.
    ///
    /// @param files by name: `root.json`, `timestamp.json`, `snapshot.json`, `targets.json`, `roles/…`, `targets/…`
    /// @param pulledAt when the mirror was last reached, by this machine's clock
    record Kept(Map<String, Bytes> files, Instant pulledAt) {
        public Kept {
            files = Map.copyOf(files);
        }
    }
}
