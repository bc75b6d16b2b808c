package dev.chancery.domain.tuf;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/// The signed part of a metadata file.
public sealed interface TufMetadata {
    /// From 1, growing with each change.
    long version();

    /// Until when it counts.
    Instant expires();

    /// Who signs what (§4.3).
    ///
    /// @param consistentSnapshot whether files on the mirror have their version or digest in their names
    record Root(long version, Instant expires, boolean consistentSnapshot, Map<String, TufKey> keys, Map<TufRole.Name, TufRole> roles)
            implements TufMetadata {
        /// @throws IllegalArgumentException when one of the four roles is missing
        public Root {
            keys = Map.copyOf(keys);
            roles = Map.copyOf(roles);
            if (roles.size() != TufRole.Name.values().length) {
                throw new IllegalArgumentException("a root has the four top-level roles");
            }
        }

        /// Who signs metadata of a kind.
        public TufRole role(TufRole.Name name) {
            return java.util.Objects.requireNonNull(roles.get(name));
        }
    }

    /// Which snapshot is current (§4.6).
    record Timestamp(long version, Instant expires, TufFile snapshot) implements TufMetadata {}

    /// Which metadata is current (§4.4).
    ///
    /// @param files by file name, such as `targets.json`
    record Snapshot(long version, Instant expires, Map<String, TufFile> files) implements TufMetadata {
        public Snapshot {
            files = Map.copyOf(files);
        }
    }

    /// The files themselves, and who else lists some (§4.5).
    ///
    /// @param files by path
    /// @param keys of those to whom is delegated, by id
    /// @param delegations in the order in which they are asked
    record Targets(long version, Instant expires, Map<String, TufFile> files, Map<String, TufKey> keys, List<TufDelegation> delegations)
            implements TufMetadata {
        public Targets {
            files = Map.copyOf(files);
            keys = Map.copyOf(keys);
            delegations = List.copyOf(delegations);
        }
    }
}
