package dev.chancery.verification.roles;

import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.roles.RoleCount.Vote;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Verifies several signatures against roles. Thread-safe; opens no socket.
public final class RoleVerifier {
    /// The most pieces of evidence for one artifact.
    public static final int MAX_EVIDENCE = 100;

    private final VerificationEngine engine;

    /// A verifier that judges each signature by an engine.
    public RoleVerifier(VerificationEngine engine) {
        this.engine = engine;
    }

    /// Comes to a verdict. Blocks while the artifact is read, once for each piece of evidence and signer, so that its source has to open
    /// more than once; a digest is never read.
    ///
    /// @param roles at least one
    /// @throws IllegalArgumentException when there is no role, or more than [#MAX_EVIDENCE] pieces of evidence
    public RolesResult verify(List<Evidence> evidence, Target target, List<Role> roles, Expectations expectations) {
        if (roles.isEmpty() || evidence.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("at least one role and at most " + MAX_EVIDENCE + " pieces of evidence are needed");
        }
        Set<Vote> accepted = new HashSet<>();
        Set<Vote> possible = new HashSet<>();
        List<List<VerificationResult>> results = new ArrayList<>();
        for (int i = 0; i < evidence.size(); i++) {
            List<VerificationResult> ofOne = new ArrayList<>();
            for (int role = 0; role < roles.size(); role++) {
                for (Role.Signer signer : roles.get(role).signers()) {
                    VerificationResult result = engine.verify(new VerificationRequest(evidence.get(i), target, signer.trust(), expectations));
                    ofOne.add(result);
                    for (VerifiedSignature signature : result.verified()) {
                        accepted.add(new Vote(giver(signature), role, signer.person()));
                    }
                    if (result.verdict() == Verdict.UNKNOWN) {
                        possible.add(new Vote("unknown " + i, role, signer.person()));
                    }
                }
            }
            results.add(ofOne);
        }
        return judge(roles, accepted, possible, results);
    }

    private static RolesResult judge(List<Role> roles, Set<Vote> accepted, Set<Vote> possible, List<List<VerificationResult>> results) {
        List<Set<String>> people = RoleCount.count(roles, accepted);
        Verdict verdict = Verdict.ACCEPTED;
        if (!met(roles, people)) {
            possible.addAll(accepted);
            verdict = met(roles, RoleCount.count(roles, possible)) ? Verdict.UNKNOWN : Verdict.REJECTED;
        }
        List<RolesResult.Outcome> outcomes = new ArrayList<>();
        for (int i = 0; i < roles.size(); i++) {
            Role role = roles.get(i);
            outcomes.add(new RolesResult.Outcome(role.name(), role.threshold(), people.get(i), "expected " + role.threshold() + " of "
                    + new TreeSet<>(role.signers().stream().map(Role.Signer::person).toList()) + " for " + role.name() + ", found " + people.get(i)));
        }
        return new RolesResult(verdict, outcomes, results);
    }

    private static boolean met(List<Role> roles, List<Set<String>> people) {
        for (int i = 0; i < roles.size(); i++) {
            if (people.get(i).size() < roles.get(i).threshold()) {
                return false;
            }
        }
        return true;
    }

    /// What makes two signatures one: the key, or for a certificate, whose keys live for minutes, the identity.
    private static String giver(VerifiedSignature signature) {
        return signature.certificate()
                .map(certificate -> "identity " + certificate.identityIssuer().orElse("") + " " + certificate.names().stream()
                        .map(SubjectAlternativeName::toString).sorted().collect(Collectors.joining(" ")))
                .orElseGet(() -> "key " + signature.keyId().hex());
    }
}
