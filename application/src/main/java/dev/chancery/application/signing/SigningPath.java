package dev.chancery.application.signing;

import dev.chancery.application.AuditContext;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.audit.AuditEvent.SignatureAttempt;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.signing.ProofSubject;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReceipt;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The narrow part that every signature passes: the key signs, the signature is verified with the expected key, the record is made
/// durable, and only then there is a [ReleasedSignature]. Thread-safe.
public final class SigningPath {
    private final SignatureVerifier verifier;
    private final AuditLog audit;
    private final AuditContext context;

    public SigningPath(SignatureVerifier verifier, AuditLog audit, AuditContext context) {
        this.verifier = verifier;
        this.audit = audit;
        this.context = context;
    }

    /// Chooses the algorithm: the one asked for, or the first of the expected key's that the key can do, preferably one that signs digests
    /// where the options say so.
    ///
    /// @throws SigningException.RequestRefused when key and algorithm don't fit
    static SignatureAlgorithm algorithmFor(SigningKey key, ExpectedKey expected, SigningOptions options)
            throws SigningException.RequestRefused {
        Optional<SignatureAlgorithm> requested = options.algorithm();
        List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(expected.key()).stream()
                .filter(key.algorithms()::contains)
                .toList();
        if (requested.isPresent() ? possible.contains(requested.get()) : !possible.isEmpty()) {
            return requested.orElseGet(() -> possible.stream()
                    .filter(algorithm -> options.digestsPreferred() && algorithm.prehash().isPresent())
                    .findFirst().orElse(possible.getFirst()));
        }
        String able = possible.isEmpty() ? "nothing" : String.join(", ", possible.stream().map(SignatureAlgorithm::cliName).toList());
        throw new SigningException.RequestRefused(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED,
                "nothing was signed with " + key.description().uri(),
                "this " + expected.key().description() + " key can sign with " + able
                        + requested.map(wanted -> ", not with " + wanted.cliName()).orElse(""),
                "see chancery key show for what the key can do"), null);
    }

    /// Signs. Blocks for the key, at most the deadline, and for the audit log's flush.
    ///
    /// @throws KeyException when the key refuses or fails
    /// @throws SigningException.SignatureWrong when what it returned does not verify
    /// @throws AuditException when the record isn't durable: the signature is thrown away
    public SignedBundle sign(KeySession session, SigningTask task) throws KeyException, SigningException.SignatureWrong, AuditException {
        return bundle(session, task, released(session, task.request(), task.subjects(), signed(session, task.request(), task.subjects()), null));
    }

    /// Signs a certificate request. Blocks and throws as [#sign(KeySession, SigningTask)] does.
    ReleasedSignature signRequest(KeySession session, SigningRequest.OfCertificateRequest request, NamedDigest subject)
            throws KeyException, SigningException.SignatureWrong, AuditException {
        return released(session, request, List.of(subject), signed(session, request, List.of(subject)), null);
    }

    /// Signs an item of a batch: its record lets the bundle be made again without another signature, should the batch be killed
    /// before it is written. Blocks and throws as [#sign(KeySession, SigningTask)] does.
    public SignedBundle signItem(KeySession session, SigningTask task, Digest item, String place)
            throws KeyException, SigningException.SignatureWrong, AuditException {
        Signature signature = signed(session, task.request(), task.subjects());
        return bundle(session, task, released(session, task.request(), task.subjects(), signature,
                new AuditEvent.Recovery(item, place, signature.value())));
    }

    /// Writes down how far the signature of a batch item by a key whose uses count has come. Blocks.
    ///
    /// @throws AuditException when the record isn't durable
    public void attempt(KeySession session, Digest item, SignatureAttempt.Progress progress) throws AuditException {
        audit.append(new SignatureAttempt(context.now(), context.actor(), session.expected().key().id().hex(), session.key().description().uri(), item, progress));
    }

    /// Whether a signature is one that this session's expected key made for the task.
    public boolean verifies(KeySession session, SigningTask task, Bytes signature) {
        return verifier.verifies(session.expected().key(), task.request().input(), new Signature(session.algorithm(), signature));
    }

    /// Signs the name of an identity, for the authority that is to certify the key for it. Recorded like every signature. Blocks.
    ///
    /// @throws KeyException when the key refuses or fails
    /// @throws SigningException.SignatureWrong when what it returned does not verify
    /// @throws AuditException when the record isn't durable
    public Signature prove(KeySession session, ProofSubject subject) throws KeyException, SigningException.SignatureWrong, AuditException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.forKey(session.expected().key()).getFirst();
        List<NamedDigest> subjects = List.of(new NamedDigest(subject.text(), HashAlgorithm.SHA_256.digest(subject.content())));
        Signature signature = signed(session, new SigningRequest.OfProofOfPossession(algorithm, subject), subjects);
        audit.append(new AuditEvent.SignatureMade(context.now(), context.actor(), SigningPurpose.PROOF_OF_POSSESSION.label(), algorithm.cliName(),
                session.expected().key().id().hex(), session.key().description().uri(),
                subjects, HashAlgorithm.SHA_256.digest(signature.value()), null));
        return signature;
    }

    private Signature signed(KeySession session, SigningRequest request, List<NamedDigest> subjects)
            throws KeyException, SigningException.SignatureWrong {
        ExpectedKey expected = session.expected();
        Signature signature = answered(session, request, subjects);
        if (signature.algorithm() != request.algorithm() || !verifier.verifies(expected.key(), request.input(), signature)) {
            throw new SigningException.SignatureWrong(new Problem(ErrorCode.SIGNATURE_WRONG,
                    "the signature by " + session.key().description().uri() + " was thrown away",
                    "it does not verify with key " + expected.key().id().hex() + " (" + expected.source().description() + ")",
                    "treat the token as faulty or the key as exchanged: compare chancery key show with your records before signing again"));
        }
        return signature;
    }

    /// Asks the key. Whether it has signed isn't known after an answer that was lost or late, so that is written down: a signature that turns up
    /// in the service's own log and in none of ours has its explanation here.
    private Signature answered(KeySession session, SigningRequest request, List<NamedDigest> subjects) throws KeyException {
        try {
            return session.key().sign(request, session.deadline());
        } catch (KeyException e) {
            ErrorCode code = e.problem().code();
            if (code == ErrorCode.ANSWER_LOST || code == ErrorCode.KEY_DEADLINE) {
                try {
                    audit.append(new AuditEvent.SignatureUnanswered(context.now(), context.actor(), request.purpose().label(),
                            request.algorithm().cliName(), session.expected().key().id().hex(), session.key().description().uri(), subjects, code.code()));
                } catch (AuditException unwritable) {
                    e.addSuppressed(unwritable); // the lost answer is what the user has to know of; nothing was handed out
                }
            }
            throw e;
        }
    }

    private ReleasedSignature released(KeySession session, SigningRequest request, List<NamedDigest> subjects, Signature signature,
            AuditEvent.@Nullable Recovery recovery) throws AuditException {
        ExpectedKey expected = session.expected();
        AuditReceipt receipt = audit.append(new AuditEvent.SignatureMade(context.now(), context.actor(), request.purpose().label(),
                request.algorithm().cliName(), expected.key().id().hex(), session.key().description().uri(), subjects,
                HashAlgorithm.SHA_256.digest(signature.value()), recovery));
        return new ReleasedSignature(signature, expected, receipt);
    }

    private static SignedBundle bundle(KeySession session, SigningTask task, ReleasedSignature released) {
        return new SignedBundle(task.bundle(session.keyMaterial(), released.signature().value()), released, task.subjects());
    }
}
