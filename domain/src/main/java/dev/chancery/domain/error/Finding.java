package dev.chancery.domain.error;

import dev.chancery.domain.text.SafeText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One thing that was looked at, and what came of it.
///
/// @param grade how it stands
/// @param subject what was looked at; one line, made safe
/// @param found what was found; one line, made safe
/// @param codeOrNull the code whose page tells more; null where all is well or there is nothing more to tell
/// @param remedy what to do; empty where nothing is to be done; one line, made safe
public record Finding(Grade grade, String subject, String found, @Nullable ErrorCode codeOrNull, String remedy) {
    public Finding {
        subject = SafeText.oneLine(subject);
        found = SafeText.oneLine(found);
        remedy = SafeText.oneLine(remedy);
    }

    /// How something stands, the worst last.
    public enum Grade {
        GOOD,
        /// Worth knowing.
        NOTE,
        /// Works, and should be changed.
        WARNING,
        /// Does not work.
        FAULT
    }

    /// All is well.
    public static Finding good(String subject, String found) {
        return new Finding(Grade.GOOD, subject, found, null, "");
    }

    /// Worth knowing.
    public static Finding note(String subject, String found, String remedy) {
        return new Finding(Grade.NOTE, subject, found, null, remedy);
    }

    /// Works, and should be changed.
    public static Finding warning(ErrorCode code, String subject, String found, String remedy) {
        return new Finding(Grade.WARNING, subject, found, code, remedy);
    }

    /// Does not work.
    public static Finding fault(ErrorCode code, String subject, String found, String remedy) {
        return new Finding(Grade.FAULT, subject, found, code, remedy);
    }

    /// What kept something from being looked at.
    public static Finding fault(String subject, Problem problem) {
        return fault(problem.code(), subject, problem.why(), problem.remedy());
    }

    /// The code whose page tells more.
    public Optional<ErrorCode> code() {
        return Optional.ofNullable(codeOrNull);
    }
}
