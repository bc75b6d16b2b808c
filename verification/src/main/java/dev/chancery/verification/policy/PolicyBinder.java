package dev.chancery.verification.policy;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.FulcioClaim;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.keyring.Keyring;
import dev.chancery.domain.keyring.KeyringEntry;
import dev.chancery.domain.policy.Demand;
import dev.chancery.domain.policy.EvidenceDemand;
import dev.chancery.domain.policy.PolicySigner;
import dev.chancery.domain.policy.PolicySigner.Proof;
import dev.chancery.domain.policy.TextRule;
import dev.chancery.domain.policy.VerificationPolicy;
import dev.chancery.domain.trust.CertificateAuthority;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.domain.trust.ValidityWindow;
import dev.chancery.ports.condition.CompiledCondition;
import dev.chancery.ports.condition.ConditionCompiler;
import dev.chancery.ports.condition.ConditionException;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.verification.IdentityPolicy;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Revocation;
import dev.chancery.verification.TextMatch;
import dev.chancery.verification.Trust;
import dev.chancery.verification.attestation.AttestationException;
import dev.chancery.verification.attestation.AttestationVerifier;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Makes policies ready for use. Thread-safe; opens no socket.
public final class PolicyBinder {
    private final PublicKeyDecoder keys;
    private final AttestationVerifier attestations;
    private final Supplier<ConditionCompiler> makeCompiler;
    private @Nullable ConditionCompiler compiler;

    /// A binder that has others read and compile.
    ///
    /// @param compiler asked for once, and only when a policy has a condition
    public PolicyBinder(PublicKeyDecoder keys, AttestationVerifier attestations, Supplier<ConditionCompiler> compiler) {
        this.keys = keys;
        this.attestations = attestations;
        this.makeCompiler = compiler;
    }

    /// Binds a policy.
    ///
    /// @param origin where it came from, for messages and results
    /// @param root the authorities and logs that the user trusts; null when none is given
    /// @throws ProblemException when something in it can't be used, or a trusted root is wanted and none was given
    public BoundPolicy bind(VerificationPolicy policy, String origin, @Nullable TrustedRoot root) throws ProblemException {
        return bindAmong(policy, origin, new PolicySurroundings(root, null, RevocationSource.NONE));
    }

    /// Binds a policy to what goes with it.
    ///
    /// @param origin where it came from, for messages and results
    /// @throws ProblemException when something in it can't be used, or something is wanted that wasn't given
    public BoundPolicy bindAmong(VerificationPolicy policy, String origin, PolicySurroundings surroundings) throws ProblemException {
        RevocationSource revocations = surroundings.revocations();
        Revocation revocation = new Revocation(policy.evidence().revocation(), revocations);
        List<BoundSigner> signers = new ArrayList<>();
        for (Map.Entry<String, PolicySigner> each : policy.signers().entrySet()) {
            BoundSigner bound = signer(each.getKey(), each.getValue(), policy.evidence(), origin, surroundings);
            signers.add(new BoundSigner(bound.name(), bound.signer(), bound.trust(), bound.requirements().withRevocation(revocation)));
        }
        return new BoundPolicy(policy, origin, signers, conditions(policy, origin));
    }

    BoundSigner signer(String name, PolicySigner signer, EvidenceDemand demand, String origin, PolicySurroundings surroundings)
            throws ProblemException {
        TrustedRoot root = surroundings.rootOrNull();
        String place = "signer " + name + " of the policy " + origin;
        Trust trust = switch (signer.proof()) {
            case Proof.Key(String pem) -> new Trust.Key(keys.decodePem(Bytes.ofUtf8(pem)), null, root);
            case Proof.KeyringEntry(KeyId id) -> ofKeyring(id, place, surroundings);
            case Proof.Keyless keyless -> new Trust.Identity(identity(keyless, place), needed(root, place));
            case Proof.Authority authority -> new Trust.Authority(new CertificateAuthority("", "the authority of " + name, "", authority.certificates(),
                    ValidityWindow.ALWAYS, "policy"), match(authority.name(), place), needed(root, place));
            case Proof.SecurityKey securityKey -> credential(securityKey, place);
        };
        Requirements requirements = requirements(trust, demand);
        if (!(trust instanceof Trust.Credential) && requirements.logEntries() + requirements.times() > 0) {
            needed(root, place);
        }
        return new BoundSigner(name, signer, trust, requirements);
    }

    /// A policy that says how a credential was made is held against that each time it is used: nobody has to remember that it was looked at.
    private Trust credential(Proof.SecurityKey securityKey, String place) throws ProblemException {
        Trust.Credential trust = new Trust.Credential(keys.decodePem(Bytes.ofUtf8(securityKey.pem())), securityKey.relyingParty());
        if (securityKey.enrolment().isPresent()) {
            try {
                attestations.verify(securityKey.enrolment().get(), trust.relyingParty(), trust.key());
            } catch (AttestationException e) {
                throw new PolicyException(new Problem(e.problem().code(), place + " cannot be used", e.problem().why(), e.problem().remedy()), e);
            }
        }
        return trust;
    }

    private Trust ofKeyring(KeyId id, String place, PolicySurroundings surroundings) throws ProblemException {
        Keyring keyring = surroundings.keyringOrNull();
        if (keyring == null) {
            throw new PolicyException(new Problem(ErrorCode.POLICY_KEYRING_MISSING, place + " was not looked up", "it is the keyring's entry " + id.hex()
                    + ", and no keyring was given", "add --keyring FILE"), null);
        }
        KeyringEntry entry = keyring.entry(id).orElseThrow(() -> new PolicyException(new Problem(ErrorCode.POLICY_KEYRING_ENTRY, place + " cannot be used",
                "expected the keyring's entry " + id.hex() + ", found none", "add the key to the keyring, or correct the policy's keyId"), null));
        PublicKey key = keys.decodePem(Bytes.ofUtf8(entry.pem()));
        if (!key.id().equals(id)) {
            throw new PolicyException(new Problem(ErrorCode.POLICY_KEYRING_ENTRY, place + " cannot be used", "expected key " + id.hex()
                    + " in the keyring's entry of that name, found key " + key.id().hex(), "correct the keyring"), null);
        }
        return new Trust.Key(key, null, surroundings.rootOrNull(), entry);
    }

    private static TrustedRoot needed(@Nullable TrustedRoot root, String place) throws PolicyException {
        if (root == null) {
            throw new PolicyException(new Problem(ErrorCode.POLICY_ROOT_MISSING, "nothing was verified",
                    place + " needs logs or authorities, and nothing says which are trusted", "add --trusted-root FILE"), null);
        }
        return root;
    }

    /// What the policy says, and else what is usual for the kind of trust. A key has no use for promises about a certificate.
    private static Requirements requirements(Trust trust, EvidenceDemand demand) {
        boolean keyed = trust instanceof Trust.Key || trust instanceof Trust.Credential;
        Requirements usual = keyed ? Requirements.NONE : trust.usualRequirements();
        int certificateTimestamps = keyed ? 0 : demand.certificateTimestamps().orElse(usual.certificateTimestamps());
        return new Requirements(demand.logEntries().orElse(usual.logEntries()), demand.times().orElse(usual.times()), certificateTimestamps, List.of(), 0);
    }

    private static IdentityPolicy identity(Proof.Keyless keyless, String place) throws PolicyException {
        Map<FulcioClaim, TextMatch> claims = new EnumMap<>(FulcioClaim.class);
        for (Map.Entry<FulcioClaim, TextRule> claim : keyless.claims().entrySet()) {
            claims.put(claim.getKey(), match(claim.getValue(), place));
        }
        return new IdentityPolicy(match(keyless.name(), place), match(keyless.issuer(), place), claims);
    }

    private static TextMatch match(TextRule rule, String place) throws PolicyException {
        return switch (rule) {
            case TextRule.Exact(String value) -> new TextMatch.Exact(value);
            case TextRule.Regexp(String expression) -> {
                try {
                    yield TextMatch.Regexp.compile(expression);
                } catch (IllegalArgumentException e) {
                    throw new PolicyException(new Problem(ErrorCode.POLICY_SIGNER_INVALID, place + " cannot be used",
                            "its regular expression is none that RE2 knows: " + e.getMessage(), "see github.com/google/re2/wiki/Syntax; it has to match the whole text"), e);
                }
            }
        };
    }

    private Map<Demand.Condition, CompiledCondition> conditions(VerificationPolicy policy, String origin) throws PolicyException {
        Map<Demand.Condition, CompiledCondition> compiled = new LinkedHashMap<>();
        for (Demand demand : policy.demands()) {
            if (demand instanceof Demand.Attestation attestation) {
                for (Demand.Condition condition : attestation.conditions()) {
                    compiled.put(condition, compile(condition, origin));
                }
            }
        }
        return compiled;
    }

    CompiledCondition compile(Demand.Condition condition, String origin) throws PolicyException {
        try {
            return compiler().compile(condition.expression());
        } catch (ConditionException e) {
            throw new PolicyException(new Problem(ErrorCode.POLICY_CONDITION_INVALID, "the condition " + condition.name() + " of the policy " + origin + " cannot be used",
                    e.why(), "correct it; see docs/policy.md"), e);
        }
    }

    private synchronized ConditionCompiler compiler() {
        if (compiler == null) {
            compiler = makeCompiler.get();
        }
        return compiler;
    }
}
