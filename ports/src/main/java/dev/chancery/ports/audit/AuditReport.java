package dev.chancery.ports.audit;

import dev.chancery.domain.digest.Digest;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a walk through the whole log found.
///
/// @param entries how many entries hold, from the beginning
/// @param head the chain's hash after the last of them; compare it with one kept elsewhere to notice a log cut short
/// @param unfinishedBytes bytes after the last whole entry: an append that was interrupted and never acknowledged
/// @param brokenOrNull where and how the chain breaks; null when it holds
public record AuditReport(long entries, Digest head, long unfinishedBytes, @Nullable String brokenOrNull) {
    /// Where and how the chain breaks; nothing when it holds.
    public Optional<String> broken() {
        return Optional.ofNullable(brokenOrNull);
    }
}
