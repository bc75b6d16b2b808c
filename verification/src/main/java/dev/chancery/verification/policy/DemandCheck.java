package dev.chancery.verification.policy;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.Role;
import dev.chancery.ports.condition.ConditionException;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Holds a verified signature against what a policy demands of it beside its signer.
final class DemandCheck {
    private final BoundPolicy policy;
    private final Role role;
    private final Instant now;

    DemandCheck(BoundPolicy policy, Role role, Instant now) {
        this.policy = policy;
        this.role = role;
        this.now = now;
    }

    /// Whether a signature is of the kind that a demand is about; if not it is simply something else.
    static boolean isAbout(Demand demand, VerifiedSignature signature) {
        Optional<String> type = signature.statement().map(Statement::predicateType);
        return switch (demand) {
            case Demand.Signature _ -> type.isEmpty() || type.get().equals(Expectations.SIGNATURE_TYPE);
            case Demand.Attestation attestation -> type.equals(Optional.of(attestation.predicateType()));
        };
    }

    /// What is wrong with a signature of the right kind; nothing when it counts.
    List<Reason> faults(Demand demand, VerifiedSignature signature) {
        List<Reason> faults = new ArrayList<>();
        if (!policy.policy().allows(signature.algorithm())) {
            faults.add(new Reason(ErrorCode.ALGORITHM_NOT_ALLOWED, "expected one of the algorithms " + policy.policy().algorithms().stream()
                    .map(algorithm -> algorithm.cliName()).toList() + ", found " + signature.algorithm().cliName()));
        }
        if (!role.algorithms().isEmpty() && !role.algorithms().contains(signature.algorithm())) {
            faults.add(new Reason(ErrorCode.ALGORITHM_NOT_ALLOWED, "expected one of the algorithms " + role.algorithms().stream()
                    .map(algorithm -> algorithm.cliName()).toList() + " for " + demand.role() + ", found " + signature.algorithm().cliName()));
        }
        if (demand instanceof Demand.Attestation attestation) {
            attestation.maximumAge().flatMap(maximum -> age(maximum, signature)).ifPresent(faults::add);
            attestation.conditions().forEach(condition -> fulfilled(condition, signature).ifPresent(faults::add));
        }
        return faults;
    }

    /// The newest proof of time counts: it is from after the statement was made, so the statement may be older still, but taking evidence
    /// away never makes it look newer.
    private Optional<Reason> age(Duration maximum, VerifiedSignature signature) {
        Optional<Instant> newest = signature.times().stream().map(VerifiedSignature.Time::time).max(Instant::compareTo);
        if (newest.isEmpty()) {
            return Optional.of(new Reason(ErrorCode.EVIDENCE_TOO_OLD, "expected proof that it is at most " + maximum + " old, found no proof of time"));
        }
        return newest.get().isBefore(now.minus(maximum))
                ? Optional.of(new Reason(ErrorCode.EVIDENCE_TOO_OLD, "expected proof that it is at most " + maximum + " old, found it proven for " + newest.get()))
                : Optional.empty();
    }

    private Optional<Reason> fulfilled(Demand.Condition condition, VerifiedSignature signature) {
        try {
            return policy.compiled(condition).holds(signature.statement().orElseThrow())
                    ? Optional.empty()
                    : Optional.of(new Reason(ErrorCode.CONDITION_NOT_MET, "expected the condition " + condition.name() + " to hold, found it false"));
        } catch (ConditionException e) {
            return Optional.of(new Reason(ErrorCode.CONDITION_FAILED, "expected the condition " + condition.name() + " to hold, found no answer: " + e.why()));
        }
    }
}
