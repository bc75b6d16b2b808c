package dev.chancery.verification.policy;

import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.verification.image.ImageVerifier;
import java.util.List;
import java.util.Optional;

/// What of a policy is about one kind of statement.
public final class PolicyScope {
    private PolicyScope() {}

    /// The policy with only the demands that statements of a type can meet; nothing when there is none. It keeps the digest of the whole.
    ///
    /// @param predicateType to the character; the type of plain signatures goes with demands for signatures too
    public static Optional<VerificationPolicy> of(VerificationPolicy policy, String predicateType) {
        List<Demand> demands = policy.demands().stream().filter(demand -> switch (demand) {
            case Demand.Signature _ -> predicateType.equals(ImageVerifier.SIGNATURE_TYPE);
            case Demand.Attestation attestation -> attestation.predicateType().equals(predicateType);
        }).toList();
        return demands.isEmpty() ? Optional.empty() : Optional.of(new VerificationPolicy(policy.digest(), policy.signers(), policy.roles(), demands,
                policy.evidence(), policy.algorithms()));
    }
}
