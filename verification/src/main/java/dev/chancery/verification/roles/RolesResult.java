package dev.chancery.verification.roles;

import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult;
import java.util.List;
import java.util.Set;

/// The answer for several signatures. Only [RoleVerifier] can make one.
public final class RolesResult {
    private final Verdict verdict;
    private final List<Outcome> roles;
    private final List<List<VerificationResult>> results;

    RolesResult(Verdict verdict, List<Outcome> roles, List<List<VerificationResult>> results) {
        this.verdict = verdict;
        this.roles = List.copyOf(roles);
        this.results = results.stream().map(List::copyOf).toList();
    }

    /// What it comes to.
    public Verdict verdict() {
        return verdict;
    }

    /// How far each role got, in the order of the roles.
    public List<Outcome> roles() {
        return roles;
    }

    /// For each piece of evidence, in its order, what came of it for each signer of each role, in theirs.
    public List<List<VerificationResult>> results() {
        return results;
    }

    /// How far a role got.
    ///
    /// @param wanted how many people
    /// @param people who count
    /// @param message one line: how many were expected, who was found
    public record Outcome(String role, int wanted, Set<String> people, String message) {
        public Outcome {
            people = Set.copyOf(people);
        }

        /// Whether it has as many as it wants.
        public boolean met() {
            return people.size() >= wanted;
        }
    }
}
