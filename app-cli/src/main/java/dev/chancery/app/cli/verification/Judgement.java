package dev.chancery.app.cli.verification;

import dev.chancery.domain.error.ExitStatus;
import dev.chancery.domain.error.Problem;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.PolicyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What verifying an artifact comes to: by the key or identity that the command line trusts, by policies, or by both, and then both must accept.
///
/// @param byTrustOrNull null when policies alone decide
/// @param byPoliciesOrNull null when there is no policy
public record Judgement(@Nullable VerificationResult byTrustOrNull, @Nullable PolicyResult byPoliciesOrNull) {
    public Verdict verdict() {
        List<Verdict> verdicts = new ArrayList<>();
        if (byTrustOrNull != null) {
            verdicts.add(byTrustOrNull.verdict());
        }
        if (byPoliciesOrNull != null) {
            verdicts.add(byPoliciesOrNull.verdict());
        }
        return Verdict.all(verdicts);
    }

    /// What stands against acceptance.
    public List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        if (byTrustOrNull != null) {
            reasons.addAll(byTrustOrNull.reasons());
        }
        if (byPoliciesOrNull != null) {
            reasons.addAll(byPoliciesOrNull.reasons());
        }
        return reasons;
    }

    /// The signatures that were accepted; none unless everything was.
    public List<VerifiedSignature> signatures() {
        if (verdict() != Verdict.ACCEPTED) {
            return List.of();
        }
        return byTrustOrNull != null ? byTrustOrNull.verified() : byPoliciesOrNull == null ? List.of() : byPoliciesOrNull.verified();
    }

    /// Set when the input is at fault and nothing is known about a signature: then there is an error and no verdict.
    public Optional<Problem> unreadable() {
        Optional<Problem> first = byTrustOrNull == null ? Optional.empty() : byTrustOrNull.unreadable();
        return first.isPresent() || byPoliciesOrNull == null ? first : byPoliciesOrNull.unreadable();
    }

    /// How a command ends whose only result this is.
    public ExitStatus status() {
        if (unreadable().isPresent()) {
            return unreadable().get().code().exitStatus();
        }
        return switch (verdict()) {
            case ACCEPTED -> ExitStatus.DONE;
            case REJECTED -> ExitStatus.REJECTED;
            case UNKNOWN -> ExitStatus.UNKNOWN;
        };
    }
}
