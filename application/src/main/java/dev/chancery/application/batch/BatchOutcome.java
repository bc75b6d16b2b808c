package dev.chancery.application.batch;

import dev.chancery.domain.error.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What came of an item.
///
/// @param problemOrNull why it failed; null unless it did
public record BatchOutcome(Kind kind, @Nullable Problem problemOrNull) {
    /// The ways an item ends.
    public enum Kind {
        /// It was signed and its bundle written.
        SIGNED,
        /// An earlier run had signed it, and its bundle was written now.
        RECOVERED,
        /// An earlier run had written its bundle, which verifies.
        KEPT,
        /// Nothing was written.
        FAILED
    }

    static BatchOutcome of(Kind kind) {
        return new BatchOutcome(kind, null);
    }

    /// The outcome of an item that failed.
    public static BatchOutcome failed(Problem problem) {
        return new BatchOutcome(Kind.FAILED, problem);
    }

    /// Why it failed.
    public Optional<Problem> problem() {
        return Optional.ofNullable(problemOrNull);
    }
}
