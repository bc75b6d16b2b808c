package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Ends a verification at the first step that does not pass, or the checking of one piece of evidence of several. Never leaves the
/// engine.
final class Stop extends Exception {
    private static final long serialVersionUID = 1;

    private final transient List<Finding> findings;
    private final Verdict verdict;
    private final transient @Nullable Problem unreadable;

    private Stop(List<Finding> findings, Verdict verdict, @Nullable Problem unreadable) {
        super(findings.getFirst().message(), null, false, false);
        this.findings = findings;
        this.verdict = verdict;
        this.unreadable = unreadable;
    }

    /// The evidence is bad.
    static Stop rejected(Step step, ErrorCode code, String message) {
        return new Stop(List.of(new Finding(step, Finding.Outcome.FAILED, code, message)), Verdict.REJECTED, null);
    }

    /// The evidence can't be judged.
    static Stop unknown(Step step, ErrorCode code, String message) {
        return new Stop(List.of(new Finding(step, Finding.Outcome.UNKNOWN, code, message)), Verdict.UNKNOWN, null);
    }

    /// Too few of several pieces of evidence hold.
    ///
    /// @param findings of those that don't, at least one
    static Stop of(List<Finding> findings, Verdict verdict) {
        return new Stop(List.copyOf(findings), verdict, null);
    }

    /// The evidence isn't even evidence.
    static Stop malformed(Problem problem) {
        return new Stop(List.of(new Finding(Step.PARSE, Finding.Outcome.FAILED, problem.code(), problem.why())), Verdict.REJECTED, problem);
    }

    /// The artifact can't be read, so nothing is known about it.
    static Stop artifactUnreadable(Problem problem) {
        return new Stop(List.of(new Finding(Step.ARTIFACT, Finding.Outcome.UNKNOWN, problem.code(), problem.what() + ": " + problem.why())),
                Verdict.UNKNOWN, problem);
    }

    List<Finding> findings() {
        return findings;
    }

    /// Rejected or unknown.
    Verdict verdict() {
        return verdict;
    }

    Optional<Problem> unreadable() {
        return Optional.ofNullable(unreadable);
    }
}
