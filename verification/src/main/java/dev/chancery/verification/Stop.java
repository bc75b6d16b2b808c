package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a verification at the first step that does not pass. Never leaves the engine.
final class Stop extends Exception {
    private static final long serialVersionUID = 1;

    private final transient Finding finding;
    private final transient @Nullable Problem unreadable;

    private Stop(Finding finding, @Nullable Problem unreadable) {
        super(finding.message(), null, false, false);
        this.finding = finding;
        this.unreadable = unreadable;
    }

    /// The evidence is bad.
    static Stop rejected(Step step, ErrorCode code, String message) {
        return new Stop(new Finding(step, Finding.Outcome.FAILED, code, message), null);
    }

    /// The evidence can't be judged.
    static Stop unknown(Step step, ErrorCode code, String message) {
        return new Stop(new Finding(step, Finding.Outcome.UNKNOWN, code, message), null);
    }

    /// The evidence isn't even evidence.
    static Stop malformed(Problem problem) {
        return new Stop(new Finding(Step.PARSE, Finding.Outcome.FAILED, problem.code(), problem.why()), problem);
    }

    /// The artifact can't be read, so nothing is known about it.
    static Stop artifactUnreadable(Problem problem) {
        return new Stop(new Finding(Step.ARTIFACT, Finding.Outcome.UNKNOWN, problem.code(), problem.what() + ": " + problem.why()), problem);
    }

    Finding finding() {
        return finding;
    }

    Optional<Problem> unreadable() {
        return Optional.ofNullable(unreadable);
    }
}
