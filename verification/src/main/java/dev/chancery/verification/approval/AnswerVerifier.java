package dev.chancery.verification.approval;

import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.formats.quorum.QuorumCodec;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Target;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.approval.AssemblyResult.Checked;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyResult;
import dev.chancery.verification.policy.PolicyResult.Attempt;
import dev.chancery.verification.policy.PolicyResult.DemandOutcome;
import dev.chancery.verification.policy.PolicyResult.Item;
import dev.chancery.verification.policy.PolicyVerifier;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Holds answers against their request and its policy. Thread-safe; opens no socket.
///
/// An answer counts when its approval names this request and this payload, was given while the request was open, and both its signatures
/// verify as the same signer's, by the same key. One that doesn't is refused with its reason, and the others count all the same.
public final class AnswerVerifier {
    private final PolicyVerifier policies;

    /// A verifier that judges each signature as policies do.
    public AnswerVerifier(PolicyVerifier policies) {
        this.policies = policies;
    }

    /// An answer that was read.
    ///
    /// @param place what it is called in results, such as its file's name
    public record Given(String place, ApprovalAnswer answer) {}

    /// Comes to a verdict.
    ///
    /// @param answers at most [PolicyVerifier#MAX_EVIDENCE]
    /// @param policy the policy that the request names, with its demands for such a statement
    /// @throws IllegalArgumentException when there are too many answers, or the policy is another
    public AssemblyResult verify(ApprovalRequest request, List<Given> answers, BoundPolicy policy) {
        if (!policy.policy().digest().equals(request.policy().digest())) {
            throw new IllegalArgumentException("the policy is not the request's");
        }
        List<Item> members = items(answers, ApprovalAnswer::member, subject(request), policy);
        List<Item> approvals = items(answers, ApprovalAnswer::approval, request.id(), policy);
        List<Checked> checked = new ArrayList<>();
        List<Member> good = new ArrayList<>();
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < answers.size(); i++) {
            Checked each = check(request, answers.get(i), members.get(i), approvals.get(i), first);
            checked.add(each);
            if (each.accepted()) {
                good.add(answers.get(i).answer().member());
            }
        }
        return settle(request, checked, QuorumCodec.inOrder(good), policy);
    }

    private List<Item> items(List<Given> answers, Function<ApprovalAnswer, Member> part, Digest target, BoundPolicy policy) {
        return policies.verify(answers.stream().map(each -> new Offered(each.place(), Evidence.of(part.apply(each.answer())))).toList(), new Target.OfDigest(target),
                List.of(policy)).evidence();
    }

    /// What the payload is about: any of its subjects shows that it is what it says.
    private static Digest subject(ApprovalRequest request) {
        return new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(request.statement().subjects().getFirst().digests().getOrDefault("sha256", "")));
    }

    private static Checked check(ApprovalRequest request, Given given, Item member, Item approval, Map<String, String> first) {
        Optional<Reason> wrong = claims(request, given.answer());
        if (wrong.isPresent()) {
            return refused(given, wrong.get());
        }
        Map<String, VerifiedSignature> signers = accepted(member);
        if (signers.isEmpty()) {
            return new Checked(given.place(), signatureFaults(member));
        }
        Map<String, VerifiedSignature> approvers = accepted(approval);
        List<String> both = signers.keySet().stream().filter(name -> isSame(signers.get(name), approvers.get(name))).sorted().toList();
        if (both.isEmpty()) {
            return refused(given, new Reason(ErrorCode.APPROVAL_INVALID, "expected an approval signed by the key of " + String.join(", ", new TreeSet<>(signers.keySet()))
                    + ", found " + (approvers.isEmpty() ? "none that verifies" : "one by " + new TreeSet<>(approvers.keySet()))));
        }
        VerifiedSignature signature = Objects.requireNonNull(signers.get(both.getFirst()));
        String key = signature.keyId().hex();
        String before = first.putIfAbsent(key, given.place());
        if (before != null) {
            return refused(given, new Reason(ErrorCode.ANSWERED_TWICE, "expected a signer who has not answered yet, found key " + key + " again, after " + before));
        }
        return new Checked(given.place(), both, List.of(), signature);
    }

    /// What the approval says of itself. Whether it says so by a good signature is looked at next; this only names the fault.
    private static Optional<Reason> claims(ApprovalRequest request, ApprovalAnswer answer) {
        if (!answer.request().equals(request.id())) {
            return Optional.of(new Reason(ErrorCode.ANSWER_FOR_ANOTHER, "expected an approval of request " + request.id().hex() + ", found one of "
                    + answer.request().hex()));
        }
        if (!answer.payload().equals(request.payloadDigest())) {
            return Optional.of(new Reason(ErrorCode.APPROVAL_CONTENT_DIFFERS, "expected an approval of the payload " + request.payloadDigest() + ", found one of "
                    + answer.payload()));
        }
        Duration skew = ApprovalRequest.CLOCK_SKEW;
        if (answer.approved().isBefore(request.created().minus(skew)) || answer.approved().isAfter(request.expires())) {
            return Optional.of(new Reason(ErrorCode.APPROVED_OUT_OF_TIME, "expected an approval from " + request.created() + " to " + request.expires()
                    + ", found one of " + answer.approved()));
        }
        return Optional.empty();
    }

    private static Checked refused(Given given, Reason reason) {
        return new Checked(given.place(), List.of(reason));
    }

    private static Map<String, VerifiedSignature> accepted(Item item) {
        Map<String, VerifiedSignature> accepted = new HashMap<>();
        for (Attempt attempt : item.attempts()) {
            attempt.result().verified().forEach(signature -> accepted.put(attempt.signer(), signature));
        }
        return accepted;
    }

    private static boolean isSame(@Nullable VerifiedSignature member, @Nullable VerifiedSignature approval) {
        return member != null && approval != null && member.keyId().equals(approval.keyId())
                && approval.statement().map(Statement::predicateType).equals(Optional.of(ApprovalAnswer.STATEMENT_TYPE));
    }

    private static List<Reason> signatureFaults(Item member) {
        List<Reason> faults = new ArrayList<>();
        member.attempts().forEach(attempt -> attempt.result().reasons().forEach(reason ->
                faults.add(new Reason(ErrorCode.ANSWER_INVALID, "as " + attempt.signer() + "'s: " + reason.code().code() + " " + reason.message()))));
        if (member.attempts().isEmpty()) {
            member.reasons().forEach(reason -> faults.add(new Reason(ErrorCode.ANSWERER_UNKNOWN, reason.message())));
        }
        return faults.isEmpty() ? List.of(new Reason(ErrorCode.ANSWER_INVALID, "expected a good signature, found none")) : faults;
    }

    private AssemblyResult settle(ApprovalRequest request, List<Checked> checked, List<Member> good, BoundPolicy policy) {
        List<Offered> offered = good.stream().map(member -> new Offered(QuorumCodec.digest(member).hex(), Evidence.of(member))).toList();
        PolicyResult result = policies.verify(offered, new Target.OfDigest(subject(request)), List.of(policy));
        List<Reason> reasons = new ArrayList<>();
        for (DemandOutcome demand : result.policies().getFirst().demands()) {
            if (demand.verdict() != Verdict.ACCEPTED) {
                reasons.add(new Reason(ErrorCode.QUORUM_SHORT, demand.message() + "; missing: " + (demand.wanted() - demand.counted().size()) + " of "
                        + new TreeSet<>(demand.missing())));
            }
        }
        if (result.verdict() != Verdict.ACCEPTED) {
            result.evidence().stream().map(Item::reasons).forEach(reasons::addAll);
        }
        return new AssemblyResult(result.verdict(), checked, reasons, result.verdict() == Verdict.ACCEPTED ? new QuorumBundle(request.payload(), good) : null);
    }
}
