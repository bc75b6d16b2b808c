package dev.chancery.verification.policy;

import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.certificate.SubjectAlternativeName;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.Role.Distinct;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import dev.chancery.verification.roles.DistinctCount;
import dev.chancery.verification.roles.DistinctCount.Ballot;
import dev.chancery.verification.roles.DistinctCount.Count;
import dev.chancery.verification.roles.RoleCount;
import dev.chancery.verification.roles.RoleCount.Vote;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// What tells those apart who count in a role, and how many count.
final class SeatCount {
    private static final Set<Distinct> ONE_SEAT = EnumSet.of(Distinct.PERSON, Distinct.SIGNER);

    private SeatCount() {}

    /// As many as can count together. Where the seat alone tells signers apart a flow finds them; else they are searched for.
    static Count of(List<Role> roles, Set<Ballot> ballots) {
        List<Integer> thresholds = roles.stream().map(Role::threshold).toList();
        if (!roles.stream().allMatch(role -> ONE_SEAT.containsAll(role.distinct()))) {
            return DistinctCount.of(thresholds, ballots);
        }
        return new Count(RoleCount.matching(thresholds, ballots.stream().map(ballot -> new Vote(ballot.signature(), ballot.role(), ballot.name()))
                .collect(Collectors.toSet())), true);
    }

    /// Whom it counts for, as results call it.
    static String seat(BoundSigner signer, Role role) {
        return role.distinct().contains(Distinct.PERSON) ? signer.signer().person() : signer.name();
    }

    /// What is known of a signer without a signature.
    static Set<String> marks(BoundSigner signer, Role role) {
        Set<String> marks = new HashSet<>(Set.of("signer " + signer.name()));
        if (role.distinct().contains(Distinct.PERSON)) {
            marks.add("person " + signer.signer().person());
        }
        if (role.distinct().contains(Distinct.CUSTODIAN)) {
            marks.add("custodian " + signer.signer().custodian().orElseThrow());
        }
        return marks;
    }

    /// What no two who count may have in common.
    static Set<String> marks(BoundSigner signer, VerifiedSignature signature, Role role) {
        Set<String> marks = marks(signer, role);
        if (role.distinct().contains(Distinct.KEY)) {
            marks.add(key(signature));
        }
        if (role.distinct().contains(Distinct.IDENTITY)) {
            marks.add(signature.certificate().map(SeatCount::identity).orElseGet(() -> key(signature)));
        }
        return marks;
    }

    /// What makes two signatures one: the key, or for a certificate of a trusted root, whose keys live for minutes, the identity.
    static String giver(BoundSigner signer, VerifiedSignature signature) {
        return signer.trust() instanceof Trust.Identity ? identity(signature.certificate().orElseThrow()) : key(signature);
    }

    private static String key(VerifiedSignature signature) {
        return "key " + signature.keyId().hex();
    }

    private static String identity(SigningCertificate certificate) {
        return "identity " + certificate.identityIssuer().orElse("") + " " + certificate.names().stream().map(SubjectAlternativeName::toString).sorted()
                .collect(Collectors.joining(" "));
    }
}
