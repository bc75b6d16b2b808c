package dev.chancery.application.signing;

import dev.chancery.application.AuditContext;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReceipt;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.List;

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

    /// Chooses the algorithm: the one asked for, or the first of the expected key's that the key can do.
    ///
    /// @param requested what the user named; empty for the default
    /// @throws SigningException.RequestRefused when key and algorithm don't fit
    static SignatureAlgorithm algorithmFor(SigningKey key, ExpectedKey expected, java.util.Optional<SignatureAlgorithm> requested)
            throws SigningException.RequestRefused {
        List<SignatureAlgorithm> possible = SignatureAlgorithm.forKey(expected.key()).stream()
                .filter(key.algorithms()::contains)
                .toList();
        if (requested.isPresent() ? possible.contains(requested.get()) : !possible.isEmpty()) {
            return requested.orElseGet(possible::getFirst);
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
    /// @param expected the key the signature must verify with
    /// @param subjects what the audit record says was signed
    /// @throws KeyException when the key refuses or fails
    /// @throws SigningException.SignatureWrong when what it returned does not verify
    /// @throws AuditException when the record isn't durable: the signature is thrown away
    ReleasedSignature sign(SigningKey key, ExpectedKey expected, SigningRequest request, List<NamedDigest> subjects, Duration deadline)
            throws KeyException, SigningException.SignatureWrong, AuditException {
        Signature signature = key.sign(request, deadline);
        if (signature.algorithm() != request.algorithm() || !verifier.verifies(expected.key(), request.input(), signature)) {
            throw new SigningException.SignatureWrong(new Problem(ErrorCode.SIGNATURE_WRONG,
                    "the signature by " + key.description().uri() + " was thrown away",
                    "it does not verify with key " + expected.key().id().hex() + " (" + expected.source().description() + ")",
                    "treat the token as faulty or the key as exchanged: compare chancery key show with your records before signing again"));
        }
        AuditReceipt receipt = audit.append(new AuditEvent.SignatureMade(context.now(), context.actor(), request.purpose().label(),
                request.algorithm().cliName(), expected.key().id().hex(), key.description().uri(), subjects,
                HashAlgorithm.SHA_256.digest(signature.value()), null));
        return new ReleasedSignature(signature, expected, receipt);
    }
}
