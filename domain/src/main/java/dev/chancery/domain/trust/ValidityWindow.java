package dev.chancery.domain.trust;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A span of time that includes both of its ends (protobuf-specs, sigstore_common.proto, TimeRange).
///
/// @param startOrNull nothing when it has always been
/// @param endOrNull nothing when no end is known
public record ValidityWindow(@Nullable Instant startOrNull, @Nullable Instant endOrNull) {
    /// All of time: what it means that a document names no window.
    public static final ValidityWindow ALWAYS = new ValidityWindow(null, null);

    /// @throws IllegalArgumentException when it ends before it starts
    public ValidityWindow {
        if (startOrNull != null && endOrNull != null && endOrNull.isBefore(startOrNull)) {
            throw new IllegalArgumentException("a window does not end before it starts");
        }
    }

    /// The first instant.
    public Optional<Instant> start() {
        return Optional.ofNullable(startOrNull);
    }

    /// The last instant.
    public Optional<Instant> end() {
        return Optional.ofNullable(endOrNull);
    }

    /// Whether an instant is inside; both ends are.
    public boolean contains(Instant time) {
        return (startOrNull == null || !time.isBefore(startOrNull)) && (endOrNull == null || !time.isAfter(endOrNull));
    }
}
