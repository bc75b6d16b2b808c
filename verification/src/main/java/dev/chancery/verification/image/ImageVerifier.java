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
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Target;
import dev.chancery.verification.Trust;
import dev.chancery.verification.Verdict;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.VerificationRequest;
import dev.chancery.verification.VerificationResult;
import dev.chancery.verification.VerificationResult.Reason;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/// Verifies everything that was found beside an artifact. Thread-safe; opens no socket.
public final class ImageVerifier {
    /// The predicate type of a plain signature on an image (cosign 3, pkg/types). Without another expectation this one is expected: an
    /// attestation says something about the artifact, which need not be good.
    public static final String SIGNATURE_TYPE = "https://sigstore.dev/cosign/sign/v1";

    private final VerificationEngine engine;

    public ImageVerifier(VerificationEngine engine) {
        this.engine = engine;
    }

    /// What is wanted.
    ///
    /// @param predicateType of statements; with [#SIGNATURE_TYPE] cosign 2's signatures count too
    public record Wanted(Trust trust, Requirements requirements, String predicateType) {}

    /// Comes to a result. Bad evidence is an answer, never an exception.
    ///
    /// @param artifact the digest of the manifest
    /// @param missing what couldn't be read, and so might be more evidence
    public ImageResult verify(Digest artifact, List<ImageEvidence> evidence, List<Problem> missing, Wanted wanted) {
        List<ImageResult.Item> items = new ArrayList<>();
        for (ImageEvidence each : evidence) {
            switch (each) {
                case ImageEvidence.Bundle(String place, Bytes json) -> items.add(ImageResult.Item.of(place, statement(json, artifact, wanted)));
                case ImageEvidence.SimpleSigned signed when wanted.predicateType().equals(SIGNATURE_TYPE) ->
                    items.add(simpleSigned(signed, artifact, wanted));
                case ImageEvidence.SimpleSigned _ -> { }
            }
        }
        return new ImageResult(artifact, items, missing);
    }

    private VerificationResult statement(Bytes json, Digest artifact, Wanted wanted) {
        return engine.verify(new VerificationRequest(new Evidence.BundleBytes(json), new Target.OfDigest(artifact), wanted.trust(),
                new Expectations(wanted.predicateType()), wanted.requirements()));
    }

    /// The signature is over the payload, and the payload, read only when that is good, names the artifact.
    private ImageResult.Item simpleSigned(ImageEvidence.SimpleSigned signed, Digest artifact, Wanted wanted) {
        VerificationResult result = engine.verify(new VerificationRequest(new Evidence.BundleBytes(signed.bundle()),
                new Target.Content(new Payload(signed.payload())), wanted.trust(), new Expectations(null), wanted.requirements()));
        if (result.verdict() != Verdict.ACCEPTED) {
            return ImageResult.Item.of(signed.place(), result);
        }
        try {
            Digest named = SimpleSigning.read(signed.payload()).image();
            if (named.equals(artifact)) {
                return ImageResult.Item.of(signed.place(), result);
            }
            return rejected(signed.place(), ErrorCode.SUBJECT_MISMATCH, "expected a payload about " + artifact + ", found one about " + named);
        } catch (FormatException e) {
            return rejected(signed.place(), ErrorCode.STATEMENT_MALFORMED, e.problem().why());
        }
    }

    private static ImageResult.Item rejected(String place, ErrorCode code, String message) {
        return new ImageResult.Item(place, Verdict.REJECTED, List.of(), List.of(new Reason(code, message)));
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
