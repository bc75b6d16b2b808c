package dev.chancery.application.registry;

import dev.chancery.application.evidence.SignWithEvidence.TaskMaker;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Predicate;
import dev.chancery.application.signing.AttestArtifacts.Target;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignArtifact;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.dsse.DsseEnvelope;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.oci.OciPlace;
import dev.chancery.domain.oci.OciReference;
import dev.chancery.domain.oci.StoredManifest;
import dev.chancery.formats.oci.SimpleSigning;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.registry.RegistryException;
import dev.chancery.ports.registry.Repository;
import dev.chancery.verification.image.ImageVerifier;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Signs and attests artifacts that lie in a registry, layout or archive, and puts the signature beside them. Thread-safe; blocks.
public final class SignReferences {
    private static final Predicate PLAIN = new Predicate(ImageVerifier.SIGNATURE_TYPE, Bytes.ofUtf8("{}"));

    private final KeyBackends backends;
    private final SigningPath path;
    private final AttestArtifacts attest;
    private final SignArtifact sign;
    private final Attachments attachments;

    public SignReferences(KeyBackends backends, SigningPath path, AttestArtifacts attest, SignArtifact sign, Attachments attachments) {
        this.backends = backends;
        this.path = path;
        this.attest = attest;
        this.sign = sign;
        this.attachments = attachments;
    }

    /// How it is done.
    ///
    /// @param recursive whether the members of an index are signed too
    public record Way(SignatureLayout layout, boolean recursive) {}

    /// A signature in its place.
    ///
    /// @param artifact what was signed
    /// @param manifest the digest of the manifest that holds the signature
    public record Written(Digest artifact, Digest manifest, SignedBundle signed) {}

    /// Makes a bundle of what a task says.
    @FunctionalInterface
    public interface Signer {
        /// Signs.
        ///
        /// @throws ProblemException when it can't be done
        SignedBundle sign(TaskMaker maker) throws ProblemException;
    }

    /// What is done with a signer.
    @FunctionalInterface
    public interface Work {
        /// Does it.
        ///
        /// @throws ProblemException when it can't be done
        List<Written> with(Signer signer) throws ProblemException;
    }

    /// Opens a key once, for as many signatures as the work makes, and not before the first: an artifact is looked up before anybody is
    /// asked for a secret.
    ///
    /// @throws ProblemException when the key can't be used, or the work can't be done
    public List<Written> withKey(KeyRef key, SigningOptions options, Work work) throws ProblemException {
        List<KeySession> opened = new ArrayList<>(1);
        try {
            return work.with(maker -> {
                if (opened.isEmpty()) {
                    opened.add(KeySession.open(backends, key, options));
                }
                return path.sign(opened.getFirst(), maker.task(opened.getFirst()));
            });
        } finally {
            opened.forEach(KeySession::close);
        }
    }

    /// Signs as cosign does: a statement that says no more than that (cosign 3), or a payload with the artifact's name (cosign 2).
    ///
    /// @throws ProblemException when the artifact can't be had, the key not used or the signature not stored
    public List<Written> sign(Repository repository, OciReference reference, Way way, Signer signer) throws ProblemException {
        return write(repository, reference, way, subject -> switch (way.layout()) {
            case REFERRERS -> statement(repository, subject, signer, PLAIN, way.layout());
            case COSIGN2 -> simpleSigning(repository, reference, subject, signer);
        });
    }

    /// Attests.
    ///
    /// @throws ProblemException when the artifact can't be had, the key not used or the attestation not stored
    public List<Written> attest(Repository repository, OciReference reference, Way way, Predicate predicate, Signer signer)
            throws ProblemException {
        return write(repository, reference, way, subject -> statement(repository, subject, signer, predicate, way.layout()));
    }

    @FunctionalInterface
    private interface Writer {
        Written write(Subject subject) throws ProblemException;
    }

    private static List<Written> write(Repository repository, OciReference reference, Way way, Writer writer) throws ProblemException {
        Subject subject = Subject.resolve(repository, reference);
        List<Subject> subjects = way.recursive() ? subject.withMembers(repository) : List.of(subject);
        List<Written> written = new ArrayList<>();
        for (Subject each : subjects) {
            written.add(writer.write(each));
        }
        refuseMoved(repository, subject);
        return written;
    }

    /// Whoever signs a tag means what it points to. When that changed meanwhile, what was signed is said, and that it moved.
    private static void refuseMoved(Repository repository, Subject subject) throws RegistryException {
        OciReference reference = subject.reference();
        if (reference.digest().isPresent()) {
            return;
        }
        Optional<StoredManifest> now = repository.tagged(reference.tag().orElse(Subject.LATEST));
        if (now.isEmpty() || !now.get().digest().equals(subject.digest())) {
            throw new RegistryException.Unsound(new Problem(ErrorCode.TAG_MOVED, reference + " is not what was signed any more",
                    subject.digest() + " was signed, and the tag now points to "
                            + now.map(manifest -> manifest.digest().toString()).orElse("nothing"),
                    "sign by digest: " + subject.exact()), null);
        }
    }

    private Written statement(Repository repository, Subject subject, Signer signer, Predicate predicate, SignatureLayout layout)
            throws ProblemException {
        SignedBundle signed = signer.sign(session -> attest.task(session, List.of(new Target.OfDigest(subject.digest())), predicate));
        Digest manifest = switch (layout) {
            case REFERRERS -> attachments.attachBundle(repository, subject.manifest(), BundleCodec.write(signed.bundle()), predicate.type());
            case COSIGN2 -> attachments.attachEnvelope(repository, subject.manifest(), envelope(signed), predicate.type());
        };
        return new Written(subject.digest(), manifest, signed);
    }

    private static Bytes envelope(SignedBundle signed) {
        return switch (signed.bundle().content()) {
            case SigstoreBundle.Content.Dsse(DsseEnvelope envelope) -> BundleCodec.writeEnvelope(envelope);
            case SigstoreBundle.Content.MessageSignature _ -> throw new IllegalStateException("a statement is signed in an envelope");
        };
    }

    private Written simpleSigning(Repository repository, OciReference reference, Subject subject, Signer signer) throws ProblemException {
        String name = reference.place() instanceof OciPlace.Registry registry ? registry.toString() : "";
        Bytes payload = new SimpleSigning(name, subject.digest()).write();
        SignedBundle signed = signer.sign(session -> sign.task(session, new Payload(subject.exact().toString(), payload)));
        Digest manifest = attachments.attachSimpleSigning(repository, subject.manifest(), payload, signed.signature().signature().value());
        return new Written(subject.digest(), manifest, signed);
    }

    /// What cosign 2 signs.
    private record Payload(String name, Bytes content) implements ArtifactSource {
        @Override
        public InputStream open() {
            return content.inputStream();
        }
    }
}
