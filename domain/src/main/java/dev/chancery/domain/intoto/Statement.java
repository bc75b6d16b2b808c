package dev.chancery.domain.intoto;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// An in-toto statement (attestation spec v1, statement.md): a claim of a given type about subjects.
///
/// @param type the `_type`: [#V1], or [#V0_1] when read
/// @param subjects 1 to [#MAX_SUBJECTS]
/// @param predicateType a URI
/// @param predicate the predicate's JSON text, byte for byte as it was given
public record Statement(String type, List<Subject> subjects, String predicateType, Bytes predicate) {
    /// The `_type` that is written.
    public static final String V1 = "https://in-toto.io/Statement/v1";

    /// The older `_type`, which cosign still writes and which is read too.
    public static final String V0_1 = "https://in-toto.io/Statement/v0.1";

    /// The most subjects one statement may have.
    public static final int MAX_SUBJECTS = 10_000;

    /// @throws IllegalArgumentException when there are no subjects or too many, or the predicate type is empty
    public Statement {
        if (subjects.isEmpty() || subjects.size() > MAX_SUBJECTS) {
            throw new IllegalArgumentException("a statement has 1 to " + MAX_SUBJECTS + " subjects, not " + subjects.size());
        }
        if (predicateType.isEmpty()) {
            throw new IllegalArgumentException("a statement has a predicate type");
        }
        subjects = List.copyOf(subjects);
    }
}
