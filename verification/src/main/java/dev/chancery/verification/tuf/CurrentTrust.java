package dev.chancery.verification.tuf;

import dev.chancery.domain.bytes.Bytes;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// The current files of a repository. To hold one is to know that they were verified and have not expired, since only [TufClient] makes one.
public final class CurrentTrust {
    private final Map<String, Bytes> files;
    private final Map<String, Long> versions;
    private final Instant validUntil;
    private final Instant pulledAt;

    CurrentTrust(Map<String, Bytes> files, Map<String, Long> versions, Instant validUntil, Instant pulledAt) {
        this.files = Map.copyOf(files);
        this.versions = Map.copyOf(versions);
        this.validUntil = validUntil;
        this.pulledAt = pulledAt;
    }

    /// A file by its path; nothing when the repository hasn't it.
    public Optional<Bytes> file(String path) {
        return Optional.ofNullable(files.get(path));
    }

    /// The versions of the metadata, by role.
    public Map<String, Long> versions() {
        return versions;
    }

    /// When the first of the metadata expires.
    public Instant validUntil() {
        return validUntil;
    }

    /// When the mirror was last reached.
    public Instant pulledAt() {
        return pulledAt;
    }
}
