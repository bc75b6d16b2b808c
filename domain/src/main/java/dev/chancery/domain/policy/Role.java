package dev.chancery.domain.policy;

import java.util.HashSet;
import java.util.List;

/// So many of these signers.
///
/// @param threshold how many distinct ones, from 1 to the number of signers
/// @param signers names of signers of the policy, each once
/// @param distinct how they are told apart
public record Role(int threshold, List<String> signers, Distinct distinct) {
    /// @throws IllegalArgumentException when a signer stands twice, or the threshold can't be met
    public Role {
        signers = List.copyOf(signers);
        if (new HashSet<>(signers).size() != signers.size()) {
            throw new IllegalArgumentException("a signer has one place in a role");
        }
        if (threshold < 1 || threshold > signers.size()) {
            throw new IllegalArgumentException("a threshold is from 1 to the number of signers");
        }
    }

    /// How signers are told apart. The same key is one signer whatever it is called.
    public enum Distinct {
        /// By the person: the default.
        PERSON,
        /// By the signer's entry: two keys of one person count twice.
        SIGNER
    }
}
