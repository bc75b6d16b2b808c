package dev.chancery.verification.image;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.oci.SimpleSigning;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.verification.Evidence;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Target;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.image.ImageVerifier.ByTrust;
import dev.chancery.verification.policy.Offered;
import dev.chancery.verification.policy.PolicyHearing;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The verification of one artifact by evidence that comes piece by piece and is judged at once, so that it needn't be kept. Bad evidence is an
/// answer, never an exception. Thread-safe: signatures are verified on the threads that bring them.
public final class ImageVerification {
    private final VerificationEngine engine;
    private final Digest artifact;
    private final @Nullable ByTrust byTrust;
    private final @Nullable PolicyHearing hearing;
    private final List<ImageResult.Item> items = new ArrayList<>();
    private int rejected;

    ImageVerification(VerificationEngine engine, Digest artifact, @Nullable ByTrust byTrust, @Nullable PolicyHearing hearing) {
        this.engine = engine;
        this.artifact = artifact;
        this.byTrust = byTrust;
        this.hearing = hearing;
    }

    /// Judges one piece of evidence.
    public void add(ImageEvidence evidence) {
        switch (evidence) {
            case ImageEvidence.Bundle(String place, Bytes json) -> judge(place, json, new Target.OfDigest(artifact), byTrust == null ? null : byTrust.predicateType());
            case ImageEvidence.SimpleSigned signed -> simpleSigned(signed);
        }
    }

    /// The signature is over the payload, and it is the payload that names the artifact.
    private void simpleSigned(ImageEvidence.SimpleSigned signed) {
        Optional<Reason> fault = fault(signed.payload());
        if (fault.isEmpty()) {
            judge(signed.place(), signed.bundle(), new Target.Content(new Payload(signed.payload())), null);
            return;
        }
        if (wantsSignatures()) {
            keep(new ImageResult.Item(signed.place(), Verdict.REJECTED, List.of(), List.of(fault.get())));
        }
        if (hearing != null) {
            hearing.dismiss(signed.place(), fault.get());
        }
    }

    private boolean wantsSignatures() {
        return byTrust != null && byTrust.predicateType().equals(ImageVerifier.SIGNATURE_TYPE);
    }

    private Optional<Reason> fault(Bytes payload) {
        try {
            Digest named = SimpleSigning.read(payload).image();
            return named.equals(artifact) ? Optional.empty()
                    : Optional.of(new Reason(ErrorCode.SUBJECT_MISMATCH, "expected a payload about " + artifact + ", found one about " + named));
        } catch (FormatException e) {
            return Optional.of(new Reason(ErrorCode.STATEMENT_MALFORMED, e.problem().why()));
        }
    }

    /// @param predicateTypeOrNull that a statement must have by the user's trust; null for a signature of cosign 2
    private void judge(String place, Bytes json, Target target, @Nullable String predicateTypeOrNull) {
        Evidence evidence = new Evidence.BundleBytes(json);
        if (byTrust != null && (predicateTypeOrNull != null || wantsSignatures())) {
            keep(ImageResult.Item.of(place, engine.verify(new VerificationRequest(evidence, target, byTrust.trust(), new Expectations(predicateTypeOrNull),
                    byTrust.requirements()))));
        }
        if (hearing != null) {
            hearing.hear(new Offered(place, evidence), target);
        }
    }

    private synchronized void keep(ImageResult.Item item) {
        if (item.verdict() == Verdict.REJECTED) {
            rejected++;
            if (rejected > PolicyHearing.MOST_REJECTED) {
                return;
            }
        }
        items.add(item);
    }

    /// Comes to a result. Everything that was found must have been added.
    ///
    /// @param missing what couldn't be read, and so might be more evidence
    public synchronized ImageResult result(List<Problem> missing) {
        List<ImageResult.Item> inOrder = items.stream().sorted(Comparator.comparing(ImageResult.Item::place)).toList();
        return new ImageResult(artifact, byTrust == null ? null : inOrder, hearing == null ? null : hearing.result(missing.isEmpty()), missing);
    }

    private record Payload(Bytes content) implements ArtifactSource {
        @Override
        public String name() {
            return "payload";
        }

        @Override
        public InputStream open() {
            return content.inputStream();
        }
    }
}
