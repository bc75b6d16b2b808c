package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content.Dsse;
import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.intoto.StatementCodec;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies. Thread-safe; blocks only while an artifact is read; opens no socket.
public final class VerificationEngine {
    private final SignatureVerifier signatures;

    public VerificationEngine(SignatureVerifier signatures) {
        this.signatures = signatures;
    }

    /// Comes to a verdict. Bad evidence is an answer, never an exception.
    public VerificationResult verify(VerificationRequest request) {
        return new Walk(request).walk();
    }

    /// One verification under way.
    private final class Walk {
        private final VerificationRequest request;
        private final Trust.Key trust;
        private final List<Finding> findings = new ArrayList<>();

        Walk(VerificationRequest request) {
            this.request = request;
            this.trust = switch (request.trust()) {
                case Trust.Key key -> key;
            };
        }

        VerificationResult walk() {
            try {
                SigstoreBundle bundle = parse();
                checkKeyMaterial(bundle);
                switch (bundle.content()) {
                    case MessageSignature message -> verifyMessage(message);
                    case Dsse dsse -> verifyDsse(dsse);
                }
                if (!bundle.logEntries().isEmpty() || !bundle.timestamps().isEmpty()) {
                    findings.add(new Finding(Step.TRANSPARENCY, Finding.Outcome.NOT_REQUIRED, null,
                            "log entries and timestamps were not checked: no trusted root was given"));
                }
                return new VerificationResult(Verdict.ACCEPTED, findings, null);
            } catch (Stop stop) {
                findings.add(stop.finding);
                Verdict verdict = stop.finding.outcome() == Finding.Outcome.UNKNOWN ? Verdict.UNKNOWN : Verdict.REJECTED;
                return new VerificationResult(verdict, findings, stop.unreadable);
            }
        }

        private SigstoreBundle parse() throws Stop {
            switch (request.evidence()) {
                case Evidence.BundleBytes bundle -> {
                    try {
                        SigstoreBundle read = BundleCodec.read(bundle.json());
                        passed(Step.PARSE, "Sigstore bundle " + read.version().mediaType());
                        return read;
                    } catch (FormatException e) {
                        throw new Stop(new Finding(Step.PARSE, Finding.Outcome.FAILED, e.problem().code(), e.problem().why()), e.problem());
                    }
                }
                case Evidence.DetachedSignature detached -> {
                    passed(Step.PARSE, "detached signature");
                    return new SigstoreBundle(SigstoreBundle.Version.V0_3, new KeyMaterial.PublicKeyHint(""), List.of(), List.of(),
                            new MessageSignature(null, detached.signature()));
                }
            }
        }

        private void checkKeyMaterial(SigstoreBundle bundle) throws Stop {
            switch (bundle.keyMaterial()) {
                case KeyMaterial.Certificates _ -> throw rejected(Step.KEY, ErrorCode.KEY_MISMATCH,
                        "the bundle's signature is by a certificate; only the key " + trust.key().id().hex() + " is trusted");
                case KeyMaterial.PublicKeyHint hint -> {
                    if (isKeyId(hint.hint()) && !hint.hint().equals(trust.key().id().hint())) {
                        throw rejected(Step.KEY, ErrorCode.KEY_ID_MISMATCH,
                                "the bundle names key " + Bytes.fromBase64(hint.hint()).toHex() + ", trusted is " + trust.key().id().hex());
                    }
                    passed(Step.KEY, "trusted key " + trust.key().id().hex() + " (" + trust.key().description() + ")");
                }
            }
        }

        /// A hint is free text; only what has the form of a SHA-256 digest in base64 is taken as a key id.
        private static boolean isKeyId(String hint) {
            try {
                return Bytes.fromBase64(hint).size() == HashAlgorithm.SHA_256.length();
            } catch (IllegalArgumentException e) {
                return false;
            }
        }

        private void verifyMessage(MessageSignature message) throws Stop {
            Optional<String> expectedType = request.expectations().predicateType();
            if (expectedType.isPresent()) {
                throw rejected(Step.STATEMENT, ErrorCode.PREDICATE_TYPE_MISMATCH,
                        "expected an attestation of type " + expectedType.get() + ", found a signature over the file");
            }
            SignatureAlgorithm algorithm = messageAlgorithm(message);
            SigningInput input = switch (request.target()) {
                case Target.OfDigest digest -> inputOfDigest(digest.digest(), message, algorithm);
                case Target.Content content -> inputOfContent(content, message, algorithm);
            };
            verifySignature(input, new Signature(algorithm, message.signature()));
        }

        private SigningInput inputOfDigest(Digest digest, MessageSignature message, SignatureAlgorithm algorithm) throws Stop {
            if (!algorithm.prehash().equals(Optional.of(digest.algorithm()))) {
                throw new Stop(new Finding(Step.ARTIFACT, Finding.Outcome.UNKNOWN, ErrorCode.EVIDENCE_UNSUPPORTED,
                        algorithm.cliName() + " cannot be verified from a " + digest.algorithm().inTotoName() + " digest: give the file itself"), null);
            }
            compareDigest(message, digest);
            return new SigningInput.Prehashed(digest);
        }

        private SigningInput inputOfContent(Target.Content target, MessageSignature message, SignatureAlgorithm algorithm) throws Stop {
            HashAlgorithm hash = message.digest().map(Digest::algorithm).orElse(algorithm.messageDigestAlgorithm());
            ArtifactContent content = read(target, EnumSet.of(hash, algorithm.messageDigestAlgorithm()), algorithm.prehash().isEmpty());
            if (content.isDsseEncoding()) {
                throw rejected(Step.ARTIFACT, ErrorCode.DSSE_AS_MESSAGE,
                        "the file begins with \"DSSEv1 \": a signature over it is one over an attestation");
            }
            compareDigest(message, content.digest(hash));
            if (algorithm.prehash().isPresent()) {
                return new SigningInput.Prehashed(content.digest(algorithm.prehash().get()));
            }
            return new SigningInput.Message(content.message().orElseThrow(() -> new Stop(new Finding(Step.ARTIFACT, Finding.Outcome.UNKNOWN,
                    ErrorCode.EVIDENCE_UNSUPPORTED, algorithm.cliName() + " needs the whole message; this one is over " + SigningInput.MAX_MESSAGE
                            + " bytes"), null)));
        }

        private void compareDigest(MessageSignature message, Digest found) throws Stop {
            if (message.digest().isPresent() && !message.digest().get().equals(found)) {
                throw rejected(Step.ARTIFACT, ErrorCode.DIGEST_MISMATCH, "expected " + message.digest().get() + ", found " + found);
            }
            passed(Step.ARTIFACT, found.toString());
        }

        private SignatureAlgorithm messageAlgorithm(MessageSignature message) throws Stop {
            List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(trust.key());
            Optional<SignatureAlgorithm> named = trust.algorithm();
            Optional<HashAlgorithm> hash = message.digest().map(Digest::algorithm);
            Optional<SignatureAlgorithm> chosen = named.isPresent()
                    ? named.filter(possible::contains)
                    : possible.stream()
                            .filter(candidate -> hash.isEmpty() || candidate.prehash().isEmpty() || candidate.prehash().equals(hash))
                            .findFirst();
            if (chosen.isEmpty() || hash.isPresent() && chosen.get().prehash().isPresent() && !chosen.get().prehash().equals(hash)) {
                throw rejected(Step.SIGNATURE, ErrorCode.ALGORITHM_MISMATCH, "a " + trust.key().description() + " key does not sign "
                        + hash.map(HashAlgorithm::inTotoName).orElse("") + " digests"
                        + named.map(name -> " with " + name.cliName()).orElse(""));
            }
            return chosen.get();
        }

        private void verifyDsse(Dsse dsse) throws Stop {
            DssePayload payload = dsse.envelope().payload();
            if (dsse.envelope().signatures().size() != 1) {
                throw rejected(Step.SIGNATURE, ErrorCode.SIGNATURE_COUNT,
                        "a bundle's envelope has exactly one signature, this one has " + dsse.envelope().signatures().size());
            }
            if (!payload.payloadType().equals(DssePayload.IN_TOTO)) {
                throw rejected(Step.STATEMENT, ErrorCode.PAYLOAD_TYPE_MISMATCH,
                        "expected payload type " + DssePayload.IN_TOTO + ", found " + payload.payloadType());
            }
            SignatureAlgorithm algorithm = trust.algorithm().orElseGet(() -> SignatureAlgorithm.forKey(trust.key()).getFirst());
            if (!algorithm.fits(trust.key())) {
                throw rejected(Step.SIGNATURE, ErrorCode.ALGORITHM_MISMATCH,
                        "a " + trust.key().description() + " key does not sign with " + algorithm.cliName());
            }
            SigningInput input = algorithm.prehash().<SigningInput>map(hash -> new SigningInput.Prehashed(payload.preAuthEncoding().digest(hash)))
                    .orElse(null);
            if (input == null) {
                Bytes encoding = payload.preAuthEncoding().bytes();
                if (encoding.size() > SigningInput.MAX_MESSAGE) {
                    throw new Stop(new Finding(Step.SIGNATURE, Finding.Outcome.UNKNOWN, ErrorCode.EVIDENCE_UNSUPPORTED,
                            algorithm.cliName() + " needs the whole message; this one is too long"), null);
                }
                input = new SigningInput.Message(encoding);
            }
            verifySignature(input, new Signature(algorithm, dsse.envelope().signatures().getFirst().signature()));
            verifyStatement(payload);
        }

        private void verifyStatement(DssePayload payload) throws Stop {
            Statement statement;
            try {
                statement = StatementCodec.read(payload.content());
            } catch (FormatException e) {
                throw rejected(Step.STATEMENT, ErrorCode.STATEMENT_MALFORMED, e.problem().why());
            }
            Optional<String> expectedType = request.expectations().predicateType();
            if (expectedType.isPresent() && !expectedType.get().equals(statement.predicateType())) {
                throw rejected(Step.STATEMENT, ErrorCode.PREDICATE_TYPE_MISMATCH,
                        "expected predicate type " + expectedType.get() + ", found " + statement.predicateType());
            }
            Digest digest = switch (request.target()) {
                case Target.OfDigest given -> given.digest();
                case Target.Content content -> read(content, Set.of(), false).sha256();
            };
            for (Subject subject : statement.subjects()) {
                if (digest.hex().equals(subject.digests().get(digest.algorithm().inTotoName()))) {
                    passed(Step.ARTIFACT, digest.toString());
                    passed(Step.STATEMENT, statement.predicateType() + ", subject " + subject.name());
                    return;
                }
            }
            throw rejected(Step.ARTIFACT, ErrorCode.SUBJECT_MISMATCH, "none of the " + statement.subjects().size()
                    + " subjects has the artifact's digest " + digest);
        }

        private void verifySignature(SigningInput input, Signature signature) throws Stop {
            if (!signatures.verifies(trust.key(), input, signature)) {
                throw rejected(Step.SIGNATURE, ErrorCode.SIGNATURE_INVALID, "it is not a " + signature.algorithm().cliName() + " signature by key "
                        + trust.key().id().hex() + " over this content");
            }
            passed(Step.SIGNATURE, signature.algorithm().cliName());
        }

        private static ArtifactContent read(Target.Content target, Set<HashAlgorithm> algorithms, boolean keep) throws Stop {
            try (InputStream in = target.source().open()) {
                return keep ? ArtifactContent.keep(in, algorithms) : ArtifactContent.digest(in, algorithms);
            } catch (IOException e) {
                Problem problem = new Problem(ErrorCode.INPUT_UNREADABLE, "the artifact " + target.source().name() + " cannot be read",
                        String.valueOf(e.getMessage()), "check its path and permissions");
                throw new Stop(new Finding(Step.ARTIFACT, Finding.Outcome.UNKNOWN, ErrorCode.INPUT_UNREADABLE,
                        target.source().name() + " cannot be read: " + e.getMessage()), problem);
            }
        }

        private void passed(Step step, String message) {
            findings.add(new Finding(step, Finding.Outcome.PASSED, null, message));
        }

        private static Stop rejected(Step step, ErrorCode code, String message) {
            return new Stop(new Finding(step, Finding.Outcome.FAILED, code, message), null);
        }
    }
}
