package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import java.util.EnumSet;
import java.util.Optional;

/// Binds a message signature to the artifact: the digest that the bundle records is the artifact's, and the bytes whose signature will
/// be verified are made from the artifact, never from the bundle.
final class MessageStep {
    private MessageStep() {}

    /// The artifact in the form the algorithm takes.
    ///
    /// @param artifact its digest, for the result
    record Bound(SigningInput input, Digest artifact) {}

    static Bound bind(MessageSignature message, Target target, SignatureAlgorithm algorithm, Findings findings) throws Stop {
        return switch (target) {
            case Target.OfDigest(Digest digest) -> digest(message, digest, algorithm, findings);
            case Target.Content _, Target.Read _ -> content(message, target, algorithm, findings);
        };
    }

    private static Bound digest(MessageSignature message, Digest digest, SignatureAlgorithm algorithm, Findings findings) throws Stop {
        if (!algorithm.prehash().equals(Optional.of(digest.algorithm()))) {
            throw Stop.unknown(Step.ARTIFACT, ErrorCode.EVIDENCE_UNSUPPORTED, "expected "
                    + algorithm.prehash().map(hash -> "the artifact's " + hash.inTotoName() + " digest").orElse("the artifact itself") + ", which "
                    + algorithm.cliName() + " signs; found only its " + digest.algorithm().inTotoName() + " digest: give the file");
        }
        compare(message, digest, findings);
        findings.notRequired(Step.ARTIFACT, "the content was not seen: whether it is a DSSE encoding can't be told from a digest");
        return new Bound(new SigningInput.Prehashed(digest), digest);
    }

    private static Bound content(MessageSignature message, Target target, SignatureAlgorithm algorithm, Findings findings)
            throws Stop {
        HashAlgorithm recorded = message.digest().map(Digest::algorithm).orElse(algorithm.messageDigestAlgorithm());
        ArtifactContent content = ArtifactReader.read(target, EnumSet.of(recorded, algorithm.messageDigestAlgorithm()), algorithm.prehash().isEmpty());
        if (content.isDsseEncoding()) {
            throw Stop.rejected(Step.ARTIFACT, ErrorCode.DSSE_AS_MESSAGE, "expected a file, found one that begins with \"DSSEv1 \":"
                    + " its signature may have been made for an attestation");
        }
        compare(message, content.digest(recorded), findings);
        return new Bound(input(content, algorithm), content.sha256());
    }

    private static SigningInput input(ArtifactContent content, SignatureAlgorithm algorithm) throws Stop {
        Optional<HashAlgorithm> hash = algorithm.prehash();
        if (hash.isPresent()) {
            return new SigningInput.Prehashed(content.digest(hash.get()));
        }
        return new SigningInput.Message(content.message().orElseThrow(() -> Stop.unknown(Step.ARTIFACT, ErrorCode.EVIDENCE_UNSUPPORTED,
                "expected at most " + SigningInput.MAX_MESSAGE + " bytes, since " + algorithm.cliName() + " takes the message whole; found "
                        + content.length())));
    }

    private static void compare(MessageSignature message, Digest found, Findings findings) throws Stop {
        Optional<Digest> recorded = message.digest();
        if (recorded.isEmpty()) {
            findings.passed(Step.ARTIFACT, found + "; no digest is recorded to compare it with");
        } else if (recorded.get().equals(found)) {
            findings.passed(Step.ARTIFACT, found.toString());
        } else {
            throw Stop.rejected(Step.ARTIFACT, ErrorCode.DIGEST_MISMATCH, "expected " + recorded.get() + ", found " + found);
        }
    }
}
