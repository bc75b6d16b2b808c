package dev.chancery.verification.approval;

import dev.chancery.domain.bundle.QuorumBundle;
import dev.chancery.domain.text.SafeText;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the answers to a request come to. Only [AnswerVerifier] can make one.
public final class AssemblyResult {
    private final Verdict verdict;
    private final List<Checked> answers;
    private final List<Reason> reasons;
    private final @Nullable QuorumBundle quorum;

    AssemblyResult(Verdict verdict, List<Checked> answers, List<Reason> reasons, @Nullable QuorumBundle quorum) {
        this.verdict = verdict;
        this.answers = List.copyOf(answers);
        this.reasons = List.copyOf(reasons);
        this.quorum = quorum;
    }

    /// What came of one answer.
    ///
    /// @param place what it is called
    /// @param signers as whose of the policy's signers it counts; empty when it was refused
    /// @param reasons why it was refused; empty when it was not
    /// @param signatureOrNull its signature over the payload; null when it was refused
    public record Checked(String place, List<String> signers, List<Reason> reasons, @Nullable VerifiedSignature signatureOrNull) {
        public Checked {
            place = SafeText.oneLine(place);
            signers = List.copyOf(signers);
            reasons = List.copyOf(reasons);
        }

        /// One that was refused.
        public Checked(String place, List<Reason> reasons) {
            this(place, List.of(), reasons, null);
        }

        /// Its signature over the payload.
        public Optional<VerifiedSignature> signature() {
            return Optional.ofNullable(signatureOrNull);
        }

        /// Whether it counts.
        public boolean accepted() {
            return reasons.isEmpty();
        }
    }

    /// Whether the answers that were not refused meet what the policy demands of such a statement.
    public Verdict verdict() {
        return verdict;
    }

    /// What came of each, in the order they were given.
    public List<Checked> answers() {
        return answers;
    }

    /// What stands against acceptance, and who is missing; empty when accepted.
    public List<Reason> reasons() {
        return reasons;
    }

    /// The signatures of all answers that were not refused; nothing unless accepted.
    public Optional<QuorumBundle> quorum() {
        return Optional.ofNullable(quorum);
    }
}
