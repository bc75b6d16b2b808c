package dev.chancery.verification.policy;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.EvidenceDemand;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.PolicySigner.Proof;
import dev.chancery.domain.policy.Role;
import dev.chancery.domain.policy.TextRule;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.text.SafeText;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.webauthn.RelyingParty;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.verification.Trust;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Looks a policy over without applying it. Thread-safe; opens no socket.
public final class PolicyLint {
    private static final TrustedRoot ANY = new TrustedRoot(List.of(), List.of(), List.of(), List.of());
    private static final Pattern BARE_DOT = Pattern.compile("(?<!\\\\)\\w\\.(?=\\w)");

    private final PolicyBinder binder;

    public PolicyLint(PolicyBinder binder) {
        this.binder = binder;
    }

    /// Something about a policy.
    ///
    /// @param codeOrNull of the fault; null for advice
    /// @param place what it is about, such as `signer ada`
    public record Remark(@Nullable ErrorCode codeOrNull, String place, String message) {
        public Remark {
            place = SafeText.oneLine(place);
            message = SafeText.oneLine(message);
        }

        /// Whether the policy can be used all the same.
        public boolean isOnlyAdvice() {
            return codeOrNull == null;
        }

        /// The fault's code; empty for advice.
        public String code() {
            return codeOrNull == null ? "" : codeOrNull.code();
        }
    }

    /// All faults, and then all advice, of a policy that goes with no keyring.
    public List<Remark> check(VerificationPolicy policy) {
        return check(policy, null);
    }

    /// All faults, and then all advice.
    ///
    /// @param keyring whose entries the policy may name; null when there is none
    public List<Remark> check(VerificationPolicy policy, @Nullable Keyring keyring) {
        List<Remark> remarks = new ArrayList<>();
        Map<String, BoundSigner> usable = new HashMap<>();
        policy.signers().forEach((name, signer) -> {
            try {
                usable.put(name, binder.signer(name, signer, policy.evidence(), "", new PolicySurroundings(ANY, keyring, RevocationSource.NONE)));
            } catch (ProblemException e) {
                remarks.add(new Remark(e.problem().code(), "signer " + name, e.problem().why()));
            }
        });
        conditions(policy).forEach(condition -> {
            try {
                binder.compile(condition, "");
            } catch (PolicyException e) {
                remarks.add(new Remark(e.problem().code(), "condition " + condition.name(), e.problem().why()));
            }
        });
        if (usable.size() == policy.signers().size()) {
            policy.roles().forEach((name, role) -> impossible(policy, name, role, usable, remarks));
        }
        advice(policy, usable, remarks);
        return List.copyOf(remarks);
    }

    private static List<Demand.Condition> conditions(VerificationPolicy policy) {
        return policy.demands().stream().flatMap(demand -> demand instanceof Demand.Attestation attestation ? attestation.conditions().stream() : Stream.empty())
                .distinct().toList();
    }

    /// A role of which too few signers can count, since keys are the same or their algorithms don't count.
    private static void impossible(VerificationPolicy policy, String name, Role role, Map<String, BoundSigner> signers, List<Remark> remarks) {
        Set<String> givers = new HashSet<>();
        for (String signer : role.signers()) {
            switch (signers.get(signer)) {
                case BoundSigner(String _, PolicySigner _, Trust.Key key, var _) -> {
                    if (SignatureAlgorithm.forKey(key.key()).stream().anyMatch(algorithm -> policy.allows(algorithm) && (role.algorithms().isEmpty() || role.algorithms().contains(algorithm)))) {
                        givers.add("key " + key.key().id().hex());
                    }
                }
                case BoundSigner other -> givers.add("signer " + other.name());
                case null -> { }
            }
        }
        if (givers.size() < role.threshold()) {
            remarks.add(new Remark(ErrorCode.POLICY_DEMAND_IMPOSSIBLE, "role " + name, "expected at least " + role.threshold()
                    + " different keys whose algorithms count, found " + givers.size()));
        }
    }

    private static void advice(VerificationPolicy policy, Map<String, BoundSigner> usable, List<Remark> remarks) {
        Set<String> inRoles = new HashSet<>(policy.roles().values().stream().flatMap(role -> role.signers().stream()).toList());
        Set<String> demanded = new HashSet<>(policy.demands().stream().map(Demand::role).toList());
        Map<String, String> keys = new HashMap<>();
        policy.signers().forEach((name, signer) -> {
            if (!inRoles.contains(name)) {
                remarks.add(new Remark(null, "signer " + name, "stands in no role, so that its signatures count for nothing"));
            }
            if (usable.get(name) != null && usable.get(name).trust() instanceof Trust.Key key) {
                String other = keys.putIfAbsent(key.key().id().hex(), name);
                if (other != null) {
                    remarks.add(new Remark(null, "signer " + name, "has the key of " + other + ": the two are one signer"));
                }
            }
            if (signer.proof() instanceof Proof.SecurityKey securityKey && securityKey.relyingParty().id().equals(RelyingParty.LOCALHOST)) {
                remarks.add(new Remark(null, "signer " + name, "approves for localhost, which every page on a machine shares: good for trying out only"));
            }
            rules(signer.proof()).forEach(rule -> expression(name, rule, remarks));
        });
        policy.roles().forEach((name, role) -> {
            if (!demanded.contains(name)) {
                remarks.add(new Remark(null, "role " + name, "is demanded nowhere"));
            }
            if (!role.distinct().contains(Role.Distinct.PERSON) && !role.distinct().contains(Role.Distinct.CUSTODIAN)) {
                remarks.add(new Remark(null, "role " + name, "tells signers apart, not people: one person's two keys count twice"));
            }
        });
        evidence(policy, remarks);
    }

    private static List<TextRule> rules(Proof proof) {
        return switch (proof) {
            case Proof.Keyless keyless -> Stream.concat(Stream.of(keyless.name(), keyless.issuer()), keyless.claims().values().stream()).toList();
            case Proof.Authority authority -> List.of(authority.name());
            case Proof.Key _, Proof.KeyringEntry _, Proof.SecurityKey _ -> List.of();
        };
    }

    private static void expression(String name, TextRule rule, List<Remark> remarks) {
        if (!(rule instanceof TextRule.Regexp(String expression))) {
            return;
        }
        if (expression.equals(".*") || expression.equals(".+")) {
            remarks.add(new Remark(null, "signer " + name, "/" + expression + "/ matches every text, so that it is no rule"));
        } else if (expression.startsWith(".*")) {
            remarks.add(new Remark(null, "signer " + name, "/" + expression + "/ begins with .*, so that anything may stand before the rest"));
        }
        if (BARE_DOT.matcher(expression).find()) {
            remarks.add(new Remark(null, "signer " + name, "a bare dot in /" + expression + "/ matches any character: write \\. for a dot"));
        }
    }

    private static void evidence(VerificationPolicy policy, List<Remark> remarks) {
        boolean certificates = policy.signers().values().stream().anyMatch(signer -> signer.proof() instanceof Proof.Keyless);
        EvidenceDemand evidence = policy.evidence();
        if (certificates && evidence.logEntries().orElse(1) == 0) {
            remarks.add(new Remark(null, "evidence", "wants no log entry for identities: nobody could notice a certificate that was issued by mistake"));
        }
        if (certificates && evidence.certificateTimestamps().orElse(1) == 0) {
            remarks.add(new Remark(null, "evidence", "wants no promise of a certificate transparency log"));
        }
        if (evidence.revocationOrNull() == null && policy.signers().values().stream().anyMatch(signer -> signer.proof() instanceof Proof.Authority)) {
            remarks.add(new Remark(null, "evidence", "doesn't say whether certificates of an authority of your own must be shown not to be revoked: "
                    + "write revocation: required, when-available or off"));
        }
        boolean aged = policy.demands().stream().anyMatch(demand -> demand instanceof Demand.Attestation attestation && attestation.maximumAge().isPresent());
        boolean keyed = policy.signers().values().stream().anyMatch(signer -> signer.proof() instanceof Proof.Key);
        if (aged && keyed && evidence.times().orElse(0) == 0) {
            remarks.add(new Remark(null, "evidence", "a maximumAge is told by proof of time, which signatures by keys need not have: want times: 1"));
        }
    }
}
