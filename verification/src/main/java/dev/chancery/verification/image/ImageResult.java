package dev.chancery.verification.image;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.policy.PolicyResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What all evidence beside an artifact comes to. Only [ImageVerification] makes one.
///
/// What others add can't take acceptance away: for a trusted signer one accepted signature is enough, and a policy counts who counts. Without
/// that, whatever is missing might have been it: then nothing is known. Only when everything was seen and isn't enough the verdict is *rejected*.
public final class ImageResult {
    private final Digest artifact;
    private final @Nullable List<Item> items;
    private final @Nullable PolicyResult byPolicies;
    private final List<Problem> missing;

    ImageResult(Digest artifact, @Nullable List<Item> items, @Nullable PolicyResult byPolicies, List<Problem> missing) {
        this.artifact = artifact;
        this.items = items == null ? null : List.copyOf(items);
        this.byPolicies = byPolicies;
        this.missing = List.copyOf(missing);
    }

    /// What one piece of evidence comes to.
    ///
    /// @param signatures that were accepted
    /// @param reasons what stands against it; empty when accepted
    public record Item(String place, Verdict verdict, List<VerifiedSignature> signatures, List<Reason> reasons) {
        public Item {
            signatures = List.copyOf(signatures);
            reasons = List.copyOf(reasons);
        }

        static Item of(String place, VerificationResult result) {
            return new Item(place, result.verdict(), result.verified(), result.reasons());
        }
    }

    /// What was verified: the digest of the artifact's manifest.
    public Digest artifact() {
        return artifact;
    }

    /// The evidence one by one as the trusted signer's, without what was rejected beyond the first hundred; empty when policies alone decide.
    public List<Item> items() {
        return items == null ? List.of() : items;
    }

    /// What policies come to, when there are any.
    public Optional<PolicyResult> byPolicies() {
        return Optional.ofNullable(byPolicies);
    }

    /// What couldn't be read, and so might be more evidence.
    public List<Problem> missing() {
        return missing;
    }

    /// What it comes to.
    public Verdict verdict() {
        List<Verdict> verdicts = new ArrayList<>(2);
        if (items != null) {
            verdicts.add(byTrust(items));
        }
        byPolicies().ifPresent(result -> verdicts.add(result.verdict()));
        return Verdict.all(verdicts);
    }

    private Verdict byTrust(List<Item> judged) {
        if (judged.stream().anyMatch(item -> item.verdict() == Verdict.ACCEPTED)) {
            return Verdict.ACCEPTED;
        }
        return missing.isEmpty() && judged.stream().noneMatch(item -> item.verdict() == Verdict.UNKNOWN) ? Verdict.REJECTED : Verdict.UNKNOWN;
    }

    /// The signatures that were accepted; none unless everything that is wanted was.
    public List<VerifiedSignature> signatures() {
        if (verdict() != Verdict.ACCEPTED) {
            return List.of();
        }
        return items == null ? byPolicies().map(PolicyResult::verified).orElse(List.of())
                : items.stream().flatMap(item -> item.signatures().stream()).toList();
    }

    /// What stands against acceptance; empty when accepted, never empty otherwise.
    public List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        if (verdict() == Verdict.ACCEPTED) {
            return reasons;
        }
        if (!missing.isEmpty()) {
            reasons.add(new Reason(ErrorCode.SIGNATURES_UNKNOWN, "expected everything that hangs on " + artifact + ", found that "
                    + missing.size() + " of it could not be read"));
            missing.forEach(problem -> reasons.add(new Reason(problem.code(), problem.what() + ": " + problem.why())));
        } else if (items().isEmpty() && byPolicies().map(PolicyResult::evidence).orElse(List.of()).isEmpty()) {
            reasons.add(new Reason(ErrorCode.NO_SIGNATURE, "expected a signature on " + artifact + ", found none of a kind that is known"));
        }
        if (items != null && byTrust(items) != Verdict.ACCEPTED) {
            items.forEach(item -> item.reasons().forEach(reason -> reasons.add(new Reason(reason.code(), item.place() + ": " + reason.message()))));
        }
        byPolicies().ifPresent(result -> reasons.addAll(result.reasons()));
        return reasons;
    }
}
