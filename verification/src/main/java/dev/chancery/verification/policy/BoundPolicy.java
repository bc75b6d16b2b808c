package dev.chancery.verification.policy;

import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.ports.condition.CompiledCondition;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Trust;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// A policy with its keys read and its expressions compiled. Only [PolicyBinder] makes one. Immutable.
public final class BoundPolicy {
    private final VerificationPolicy policy;
    private final String origin;
    private final List<BoundSigner> signers;
    private final Map<String, List<BoundSigner>> byHint;
    private final Map<Demand.Condition, CompiledCondition> conditions;

    BoundPolicy(VerificationPolicy policy, String origin, List<BoundSigner> signers, Map<Demand.Condition, CompiledCondition> conditions) {
        this.policy = policy;
        this.origin = origin;
        this.signers = List.copyOf(signers);
        this.byHint = this.signers.stream().filter(signer -> !hint(signer.trust()).isEmpty()).collect(Collectors.groupingBy(signer -> hint(signer.trust())));
        this.conditions = Map.copyOf(conditions);
    }

    /// Someone whose signatures count, with what to verify them by.
    record BoundSigner(String name, PolicySigner signer, Trust trust, Requirements requirements) {}

    /// What was bound.
    public VerificationPolicy policy() {
        return policy;
    }

    /// Where it came from, as the user named it: with the digest, what a verdict says has decided.
    public String origin() {
        return origin;
    }

    List<BoundSigner> signers() {
        return signers;
    }

    /// Whose key a hint names: told at once, however many signers there are.
    List<BoundSigner> signersOf(String hint) {
        return byHint.getOrDefault(hint, List.of());
    }

    private static String hint(Trust trust) {
        return switch (trust) {
            case Trust.Key key -> key.key().id().hint();
            case Trust.Credential credential -> credential.key().id().hint();
            case Trust.Identity _, Trust.Authority _ -> "";
        };
    }

    CompiledCondition compiled(Demand.Condition condition) {
        return Objects.requireNonNull(conditions.get(condition));
    }
}
