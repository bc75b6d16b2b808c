package dev.chancery.domain.policy;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A policy that was read. All of its demands must be met.
///
/// @param digest of the file, by which a verdict names the policy that decided
/// @param signers by name, in the order of the file
/// @param roles by name, in the order of the file; each names signers of this policy
/// @param demands at least one; each names a role of this policy
/// @param evidence what each signature needs beside itself
/// @param algorithms the only ones that count; empty when all do
public record VerificationPolicy(
        Digest digest,
        Map<String, PolicySigner> signers,
        Map<String, Role> roles,
        List<Demand> demands,
        EvidenceDemand evidence,
        Set<SignatureAlgorithm> algorithms) {
    /// The largest policy that is read, in bytes.
    public static final int MAX_LENGTH = 512 * 1024;

    /// The most signers.
    public static final int MAX_SIGNERS = 1_000;

    /// The most roles.
    public static final int MAX_ROLES = 100;

    /// The most demands.
    public static final int MAX_DEMANDS = 100;

    /// @throws IllegalArgumentException when nothing is demanded, or a name leads nowhere
    public VerificationPolicy {
        signers = Collections.unmodifiableMap(new LinkedHashMap<>(signers));
        roles = Collections.unmodifiableMap(new LinkedHashMap<>(roles));
        demands = List.copyOf(demands);
        Set<SignatureAlgorithm> copy = EnumSet.noneOf(SignatureAlgorithm.class);
        copy.addAll(algorithms);
        algorithms = Collections.unmodifiableSet(copy);
        if (demands.isEmpty()) {
            throw new IllegalArgumentException("a policy that demands nothing accepts everything");
        }
        Set<String> known = new HashSet<>(signers.keySet());
        if (!roles.values().stream().allMatch(role -> known.containsAll(role.signers()))) {
            throw new IllegalArgumentException("a role names a signer that there is not");
        }
        Set<String> knownRoles = new HashSet<>(roles.keySet());
        if (!demands.stream().allMatch(demand -> knownRoles.contains(demand.role()))) {
            throw new IllegalArgumentException("a demand names a role that there is not");
        }
    }

    /// Whether signatures by an algorithm count.
    public boolean allows(SignatureAlgorithm algorithm) {
        return algorithms.isEmpty() || algorithms.contains(algorithm);
    }
}
