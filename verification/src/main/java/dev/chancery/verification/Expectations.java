package dev.chancery.verification;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the user expects beyond a good signature.
///
/// @param predicateTypeOrNull the predicate type an attestation must have; with it, a message signature is rejected
public record Expectations(@Nullable String predicateTypeOrNull) {
    /// The predicate type of a statement that says no more than that an artifact is signed (cosign 3, pkg/types).
    public static final String SIGNATURE_TYPE = "https://sigstore.dev/cosign/sign/v1";

    /// The predicate type that is expected.
    public Optional<String> predicateType() {
        return Optional.ofNullable(predicateTypeOrNull);
    }
}
