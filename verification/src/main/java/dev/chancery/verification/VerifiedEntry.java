package dev.chancery.verification;

import dev.chancery.domain.log.TransparencyLogEntry;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A log entry that holds.
///
/// @param promisedTimeOrNull when the log took it; null unless the log has signed that
record VerifiedEntry(LogKey log, TransparencyLogEntry entry, @Nullable Instant promisedTimeOrNull) {
    Optional<ProvenTime> provenTime() {
        return Optional.ofNullable(promisedTimeOrNull).map(time -> new ProvenTime(time, "log " + log.giver(), "the log " + log.name()));
    }
}
