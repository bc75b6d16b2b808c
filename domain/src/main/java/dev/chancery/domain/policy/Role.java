package dev.chancery.domain.policy;

import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// So many of these signers.
///
/// @param threshold how many distinct ones, from 1 to the number of signers
/// @param signers names of signers of the policy, each once
/// @param distinct in what any two of those who count must differ, beside being two signers; not empty
/// @param algorithms the only ones whose signatures count in this role; empty when all do that the policy allows
public record Role(int threshold, List<String> signers, Set<Distinct> distinct, Set<SignatureAlgorithm> algorithms) {
    /// @throws IllegalArgumentException when a signer stands twice, the threshold can't be met, or nothing tells signers apart
    public Role {
        signers = List.copyOf(signers);
        distinct = Collections.unmodifiableSet(EnumSet.copyOf(distinct));
        Set<SignatureAlgorithm> copy = EnumSet.noneOf(SignatureAlgorithm.class);
        copy.addAll(algorithms);
        algorithms = Collections.unmodifiableSet(copy);
        if (new HashSet<>(signers).size() != signers.size()) {
            throw new IllegalArgumentException("a signer has one place in a role");
        }
        if (threshold < 1 || threshold > signers.size()) {
            throw new IllegalArgumentException("a threshold is from 1 to the number of signers");
        }
    }

    /// A role whose signers are told apart in one way and may use any algorithm.
    ///
    /// @throws IllegalArgumentException as above
    public Role(int threshold, List<String> signers, Distinct distinct) {
        this(threshold, signers, EnumSet.of(distinct), Set.of());
    }

    /// In what signers must differ. Whatever is named, an entry of the policy counts once, and so does a key or, for certificates that live for
    /// minutes, an identity, under whatever names it stands.
    public enum Distinct {
        /// In the person: the default.
        PERSON("person"),
        /// In nothing but the entry: two keys of one person count twice.
        SIGNER("signer"),
        /// In the public key, where certificates for two identities have the same one.
        KEY("key"),
        /// In the certified identity, where one identity has two keys.
        IDENTITY("identity"),
        /// In who keeps the key, such as the department that runs a token.
        CUSTODIAN("custodian");

        private final String label;

        Distinct(String label) {
            this.label = label;
        }

        /// How a policy writes it.
        public String label() {
            return label;
        }
    }
}
