package dev.chancery.app.cli.batch;

import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.json.JsonFields;
import org.jspecify.annotations.Nullable;

/// A line of a batch file.
///
/// @param number from 1
/// @param idOrNull what the line calls itself; null when it doesn't say or can't be read
/// @param readTo how many bytes of the file were read with it
/// @param fieldsOrNull its members but `id`; null when it can't be read
/// @param problemOrNull why it can't be read; null when it can
record BatchLine(long number, @Nullable String idOrNull, long readTo, @Nullable JsonFields fieldsOrNull, @Nullable Problem problemOrNull) {
    /// Its members but `id`, to be taken one by one.
    ///
    /// @throws UnreadableLine when it isn't a JSON object
    JsonFields fields() throws UnreadableLine {
        if (fieldsOrNull == null) {
            throw new UnreadableLine(java.util.Objects.requireNonNull(problemOrNull));
        }
        return fieldsOrNull;
    }

    /// What text output calls the line.
    String label() {
        return idOrNull == null ? "line " + number : idOrNull;
    }

    /// The line isn't a JSON object.
    static final class UnreadableLine extends ProblemException {
        private static final long serialVersionUID = 1;

        UnreadableLine(Problem problem) {
            super(problem, null);
        }
    }
}
