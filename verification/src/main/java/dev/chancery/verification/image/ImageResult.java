package dev.chancery.verification.image;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import java.util.ArrayList;
import java.util.List;

/// What all evidence beside an artifact comes to. Only [ImageVerifier] makes one.
///
/// One accepted signature is enough, whatever else hangs there: what others add can't take it away. Without one, whatever is missing
/// might have been it: then nothing is known. Only when everything was seen and nothing is good the verdict is *rejected*.
public final class ImageResult {
    private final Digest artifact;
    private final List<Item> items;
    private final List<Problem> missing;

    ImageResult(Digest artifact, List<Item> items, List<Problem> missing) {
        this.artifact = artifact;
        this.items = List.copyOf(items);
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

    /// The evidence one by one.
    public List<Item> items() {
        return items;
    }

    /// What couldn't be read, and so might be more evidence.
    public List<Problem> missing() {
        return missing;
    }

    /// What it comes to.
    public Verdict verdict() {
        if (items.stream().anyMatch(item -> item.verdict() == Verdict.ACCEPTED)) {
            return Verdict.ACCEPTED;
        }
        return missing.isEmpty() && items.stream().noneMatch(item -> item.verdict() == Verdict.UNKNOWN) ? Verdict.REJECTED : Verdict.UNKNOWN;
    }

    /// The signatures that were accepted.
    public List<VerifiedSignature> signatures() {
        return items.stream().flatMap(item -> item.signatures().stream()).toList();
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
        } else if (items.isEmpty()) {
            reasons.add(new Reason(ErrorCode.NO_SIGNATURE, "expected a signature on " + artifact + ", found none of a kind that is known"));
        }
        items.forEach(item -> item.reasons().forEach(reason -> reasons.add(new Reason(reason.code(), item.place() + ": " + reason.message()))));
        return reasons;
    }
}
