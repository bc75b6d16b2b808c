package dev.chancery.adapters.pkcs11;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the program was told about tokens.
///
/// @param modulePathOrNull the module for URIs that name none
/// @param lanes how many calls one token gets at the same time at most; fewer where it has fewer sessions
public record Pkcs11Settings(@Nullable String modulePathOrNull, int lanes) {
    /// Enough for the signing cores of network HSMs.
    public static final int DEFAULT_LANES = 16;

    /// @throws IllegalArgumentException when there is no lane
    public Pkcs11Settings {
        if (lanes < 1) {
            throw new IllegalArgumentException("a token gets at least one call at a time");
        }
    }

    /// Settings with the default number of lanes.
    public static Pkcs11Settings of(@Nullable String modulePathOrNull) {
        return new Pkcs11Settings(modulePathOrNull, DEFAULT_LANES);
    }

    /// The module for URIs that name none.
    public Optional<String> modulePath() {
        return Optional.ofNullable(modulePathOrNull);
    }
}
