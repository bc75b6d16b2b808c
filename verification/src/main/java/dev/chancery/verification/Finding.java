package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What one step found.
///
/// @param codeOrNull why it did not pass; null when it did
/// @param message one line: what was expected and what was found
public record Finding(Step step, Outcome outcome, @Nullable ErrorCode codeOrNull, String message) {
    public Finding {
        message = SafeText.oneLine(message);
    }

    /// Why the step did not pass.
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(codeOrNull);
    }

    /// How a step can end.
    public enum Outcome {
        PASSED("passed"),
        FAILED("failed"),
        UNKNOWN("unknown"),
        NOT_REQUIRED("not required");

        private final String label;

        Outcome(String label) {
            this.label = label;
        }

        /// How it is shown, also in JSON.
        public String label() {
            return label;
        }
    }
}
