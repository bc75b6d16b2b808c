package dev.chancery.ports.registry;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.oci.Descriptor;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a place says refers to a subject.
///
/// @param descriptors without repetition, in the order of the place
/// @param missingOrNull why there may be more; null when these are all
public record ReferrerList(List<Descriptor> descriptors, @Nullable Problem missingOrNull) {
    public ReferrerList {
        descriptors = List.copyOf(descriptors);
    }

    /// Why there may be more; nothing when these are all.
    public Optional<Problem> missing() {
        return Optional.ofNullable(missingOrNull);
    }
}
