package dev.chancery.adapters.pkcs11;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the back end is told beside the URI.
///
/// @param modulePathOrNull the module where a URI names none
public record Pkcs11Settings(@Nullable String modulePathOrNull) {
    /// The module where a URI names none.
    public Optional<String> modulePath() {
        return Optional.ofNullable(modulePathOrNull);
    }
}
