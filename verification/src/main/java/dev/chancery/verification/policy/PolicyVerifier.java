package dev.chancery.verification.policy;

import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content;
import dev.chancery.formats.FormatException;
import dev.chancery.verification.ArtifactOnce;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.EvidenceReader;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.policy.BoundPolicy.BoundSigner;
import dev.chancery.verification.policy.PolicyResult.Attempt;
import dev.chancery.verification.policy.PolicyResult.Item;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// Holds evidence against policies. Thread-safe; opens no socket.
public final class PolicyVerifier {
    /// The most pieces of evidence for one artifact.
    public static final int MAX_EVIDENCE = 100;

    /// The most signatures of one artifact, those of quorums each for itself. What is over it counts for nothing.
    public static final int MAX_SIGNATURES = 1_000;

    private final VerificationEngine engine;
    private final VerificationCrypto crypto;
    private final Clock clock;

    /// A verifier that judges each signature by an engine.
    ///
    /// @param clock by which the age of statements is told
    public PolicyVerifier(VerificationEngine engine, VerificationCrypto crypto, Clock clock) {
        this.engine = engine;
        this.crypto = crypto;
        this.clock = clock;
    }

    /// Comes to a verdict. Blocks while the artifact is read, which happens once. Bad evidence and an unreadable artifact are answers, never
    /// exceptions.
    ///
    /// @param policies each of which must be met, at least one
    /// @throws IllegalArgumentException when there is no policy, or more than [#MAX_EVIDENCE] pieces of evidence
    public PolicyResult verify(List<Offered> offered, Target target, List<BoundPolicy> policies) {
        if (policies.isEmpty() || offered.size() > MAX_EVIDENCE) {
            throw new IllegalArgumentException("at least one policy and at most " + MAX_EVIDENCE + " pieces of evidence are needed");
        }
        List<Candidates> candidates = new ArrayList<>();
        offered.forEach(each -> {
            List<Candidates> found = read(each);
            candidates.addAll(candidates.size() + found.size() <= MAX_SIGNATURES ? found : List.of(Candidates.unreadable(each,
                    FormatException.tooLarge(each.place(), "signatures", candidates.size() + found.size(), MAX_SIGNATURES).problem())));
        });
        Target read = readOnce(target, candidates, policies);
        List<Judged> judged = new ArrayList<>();
        for (int i = 0; i < candidates.size(); i++) {
            judged.addAll(judge(i, candidates.get(i), read, policies));
        }
        PolicyDecision decision = new PolicyDecision(judged, clock.instant(), true);
        List<PolicyResult.Decision> decisions = policies.stream().map(decision::of).toList();
        Repeated repeated = new Repeated(judged, index -> index, index -> candidates.get(index).offered().place());
        List<Item> items = new ArrayList<>();
        Map<Integer, List<Judged>> own = judged.stream().collect(Collectors.groupingBy(Judged::index));
        for (int i = 0; i < candidates.size(); i++) {
            List<Reason> reasons = new ArrayList<>(decision.faults(i));
            reasons.addAll(repeated.reasons(i));
            items.add(item(candidates.get(i), own.getOrDefault(i, List.of()), reasons, policies));
        }
        return new PolicyResult(decisions, items);
    }

    /// Begins a verification by evidence that comes piece by piece.
    ///
    /// @param policies each of which must be met, at least one
    /// @throws IllegalArgumentException when there is no policy
    public PolicyHearing hearing(List<BoundPolicy> policies) {
        if (policies.isEmpty()) {
            throw new IllegalArgumentException("at least one policy is needed");
        }
        return new PolicyHearing(this, policies, clock.instant());
    }

    /// Reads a piece of evidence. A quorum is as many as it has members.
    List<Candidates> read(Offered offered) {
        try {
            Evidence evidence = offered.evidence() instanceof Evidence.BundleBytes bytes ? EvidenceReader.read(bytes) : offered.evidence();
            if (!(evidence instanceof Evidence.Quorum(QuorumBundle quorum))) {
                return List.of(Candidates.read(new Offered(offered.place(), evidence), crypto.certificates()));
            }
            List<Candidates> members = new ArrayList<>();
            for (Member member : quorum.members()) {
                members.add(Candidates.read(new Offered(offered.place() + " member " + (members.size() + 1), Evidence.of(member)), crypto.certificates()));
            }
            return members;
        } catch (FormatException e) {
            return List.of(Candidates.unreadable(offered, e.problem()));
        }
    }

    /// A piece of evidence that was verified as a signer's.
    ///
    /// @param index of the evidence
    /// @param attestation whether it is an attestation, as it says itself
    record Judged(int index, BoundPolicy policy, BoundSigner signer, boolean attestation, VerificationResult result) {}

    private static Target readOnce(Target target, List<Candidates> candidates, List<BoundPolicy> policies) {
        ArtifactOnce once = new ArtifactOnce();
        boolean wanted = false;
        for (Candidates each : candidates) {
            for (BoundPolicy policy : policies) {
                for (BoundSigner signer : each.of(policy)) {
                    wanted = true;
                    if (each.evidence() instanceof Evidence.WebAuthn webAuthn) {
                        once.addStatement(webAuthn.payload());
                        continue;
                    }
                    once.add(each.bundleOrNull(), signer.trust() instanceof Trust.Key key ? key.key()
                            : Objects.requireNonNull(each.certificateOrNull()).publicKey());
                }
            }
        }
        return wanted ? once.read(target) : target;
    }

    List<Judged> judge(int index, Candidates candidates, Target target, List<BoundPolicy> policies) {
        List<Judged> judged = new ArrayList<>();
        boolean attestation = candidates.bundleOrNull() != null && candidates.bundleOrNull().content() instanceof Content.Dsse
                || candidates.evidence() instanceof Evidence.WebAuthn;
        for (BoundPolicy policy : policies) {
            for (BoundSigner signer : candidates.of(policy)) {
                judged.add(new Judged(index, policy, signer, attestation, engine.verify(new VerificationRequest(candidates.evidence(), target, signer.trust(),
                        new Expectations(null), signer.requirements()))));
            }
        }
        return judged;
    }

    private static Item item(Candidates candidates, List<Judged> own, List<Reason> counted, List<BoundPolicy> policies) {
        List<Reason> reasons = new ArrayList<>(counted);
        reasons.addAll(reasons(candidates, own, policies));
        return new Item(candidates.offered().place(), own.stream().map(each -> new Attempt(each.policy().origin(), each.signer().name(), each.result())).toList(),
                reasons, candidates.unreadableOrNull());
    }

    /// Why a piece of evidence was not verified as anybody's; empty when it was.
    static List<Reason> reasons(Candidates candidates, List<Judged> own, List<BoundPolicy> policies) {
        if (candidates.reasonOrNull() != null) {
            return List.of(candidates.reasonOrNull());
        }
        return own.isEmpty() ? List.of(candidates.nobody(policies)) : List.of();
    }
}
