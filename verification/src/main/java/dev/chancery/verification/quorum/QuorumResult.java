package dev.chancery.verification.quorum;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a quorum comes to. Only [QuorumVerifier] makes one.
public final class QuorumResult {
    private final Verdict verdict;
    private final int threshold;
    private final List<String> missing;
    private final List<MemberResult> members;

    QuorumResult(Verdict verdict, int threshold, List<String> missing, List<MemberResult> members) {
        this.verdict = verdict;
        this.threshold = threshold;
        this.missing = List.copyOf(missing);
        this.members = List.copyOf(members);
    }

    /// What one member comes to.
    public enum Standing {
        /// It is good, and the first of its signer.
        COUNTED("counted"),
        /// It is good, and its signer has been counted already.
        DUPLICATE("duplicate"),
        /// It says that it is by a key that nobody expects.
        FOREIGN("foreign"),
        /// It does not verify.
        FAILED("failed"),
        /// It can't be judged.
        UNKNOWN("unknown");

        private final String label;

        Standing(String label) {
            this.label = label;
        }

        /// How it is shown.
        public String label() {
            return label;
        }
    }

    /// A member.
    ///
    /// @param member the SHA-256 of its canonical form
    /// @param signerOrNull whom it counts for
    /// @param signatureOrNull the verified signature, where it verified
    /// @param reasons why it doesn't count; empty when it does
    public record MemberResult(Digest member, Standing standing, @Nullable String signerOrNull, @Nullable VerifiedSignature signatureOrNull,
            List<Reason> reasons) {
        public MemberResult {
            reasons = List.copyOf(reasons);
        }

        /// Whom it counts for, or would.
        public Optional<String> signer() {
            return Optional.ofNullable(signerOrNull);
        }

        /// The verified signature.
        public Optional<VerifiedSignature> signature() {
            return Optional.ofNullable(signatureOrNull);
        }
    }

    /// What it comes to.
    public Verdict verdict() {
        return verdict;
    }

    /// How many distinct signers were wanted.
    public int threshold() {
        return threshold;
    }

    /// Who counts, in the order of the members.
    public List<String> signers() {
        return members.stream().filter(member -> member.standing() == Standing.COUNTED).flatMap(member -> member.signer().stream()).toList();
    }

    /// Who is expected and has no good signature, in the order they were given.
    public List<String> missing() {
        return missing;
    }

    /// The members in their order.
    public List<MemberResult> members() {
        return members;
    }

    /// What stands against acceptance; empty when accepted, never empty otherwise.
    public List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        if (verdict != Verdict.ACCEPTED) {
            reasons.add(new Reason(ErrorCode.QUORUM_SHORT, "expected " + threshold + " distinct signers, found " + signers().size() + " " + signers()
                    + "; missing: " + String.join(", ", missing)));
            members.forEach(member -> reasons.addAll(member.reasons()));
        }
        return reasons;
    }
}
