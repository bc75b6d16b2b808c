package dev.chancery.domain.keyring;

import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.trust.ValidityWindow;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A key that is, was or will be trusted.
///
/// @param id by which policies name it; its reader has checked that it is the key's
/// @param pem one `PUBLIC KEY` block, not yet read as a key
/// @param purposes for which its signatures count; not empty
/// @param window when it was in use; it has a start, and an end unless it signs today or will
/// @param roleOrNull for people
/// @param tenantOrNull for people
/// @param successorOrNull the key that follows it
/// @param revocations windows of time whose signatures do not count
public record KeyringEntry(KeyId id, String pem, Set<SigningPurpose> purposes, KeyState state, ValidityWindow window, @Nullable String roleOrNull,
        @Nullable String tenantOrNull, @Nullable KeyId successorOrNull, List<ValidityWindow> revocations) {
    /// @throws IllegalArgumentException when there is no purpose or no start, or a key that no longer signs has no end
    public KeyringEntry {
        purposes = Collections.unmodifiableSet(EnumSet.copyOf(purposes));
        revocations = List.copyOf(revocations);
        if (window.start().isEmpty() || window.end().isEmpty() && !state.isSigning() && state != KeyState.PRE_ACTIVATION) {
            throw new IllegalArgumentException("a key has a start, and an end when it no longer signs");
        }
    }

    /// The key that follows it.
    public Optional<KeyId> successor() {
        return Optional.ofNullable(successorOrNull);
    }
}
