package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The answer. Only the engine can make one.
public final class VerificationResult {
    private final Verdict verdict;
    private final List<Finding> findings;
    private final List<VerifiedSignature> verified;
    private final @Nullable Problem unreadable;

    private VerificationResult(
            Verdict verdict, List<Finding> findings, List<VerifiedSignature> verified, @Nullable Problem unreadable) {
        this.verdict = verdict;
        this.findings = List.copyOf(findings);
        this.verified = List.copyOf(verified);
        this.unreadable = unreadable;
    }

    static VerificationResult accepted(Findings findings, VerifiedSignature verified) {
        return new VerificationResult(Verdict.ACCEPTED, findings.inOrder(), List.of(verified), null);
    }

    static VerificationResult stopped(Findings findings, Stop stop) {
        findings.stopped(stop);
        return new VerificationResult(stop.verdict(), findings.inOrder(), List.of(), stop.unreadable().orElse(null));
    }

    /// The same with what was found before.
    VerificationResult after(Findings before) {
        List<Finding> all = new ArrayList<>(before.inOrder());
        all.addAll(findings);
        return new VerificationResult(verdict, all, verified, unreadable);
    }

    /// What it comes to.
    public Verdict verdict() {
        return verdict;
    }

    /// What each step found, in order; steps after one that failed are not reached.
    public List<Finding> findings() {
        return findings;
    }

    /// The signatures that were accepted; empty unless the verdict is [Verdict#ACCEPTED].
    public List<VerifiedSignature> verified() {
        return verified;
    }

    /// What stands against acceptance; empty when accepted, never empty otherwise.
    public List<Reason> reasons() {
        if (verdict == Verdict.ACCEPTED) {
            return List.of();
        }
        return findings.stream()
                .filter(finding -> finding.outcome() == Finding.Outcome.FAILED || finding.outcome() == Finding.Outcome.UNKNOWN)
                .flatMap(finding -> finding.code().map(code -> new Reason(code, finding.message())).stream())
                .toList();
    }

    /// Set when the evidence is no evidence at all or the artifact could not be read: the input is at fault, and the verdict, which is
    /// then rejected or unknown, says nothing about a signature.
    public Optional<Problem> unreadable() {
        return Optional.ofNullable(unreadable);
    }

    /// One reason.
    ///
    /// @param code stable, with its page in docs/errors
    /// @param message one line: what was expected and what was found
    public record Reason(ErrorCode code, String message) {}
}
