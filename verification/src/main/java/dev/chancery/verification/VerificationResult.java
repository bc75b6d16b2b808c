package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer. Only the engine can make one.
public final class VerificationResult {
    private final Verdict verdict;
    private final List<Finding> findings;
    private final @Nullable Problem unreadable;

    VerificationResult(Verdict verdict, List<Finding> findings, @Nullable Problem unreadable) {
        this.verdict = verdict;
        this.findings = List.copyOf(findings);
        this.unreadable = unreadable;
    }

    /// What it comes to.
    public Verdict verdict() {
        return verdict;
    }

    /// What each step found, in order; steps after one that failed are not reached.
    public List<Finding> findings() {
        return findings;
    }

    /// What stands against acceptance; empty when accepted.
    public List<Reason> reasons() {
        return findings.stream()
                .filter(finding -> finding.outcome() != Finding.Outcome.PASSED)
                .flatMap(finding -> finding.code().map(code -> new Reason(code, finding.message())).stream())
                .toList();
    }

    /// Set when evidence or artifact could not be read at all.
    public Optional<Problem> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /// One reason.
    public record Reason(ErrorCode code, String message) {}
}
