package dev.chancery.application.evidence;

import dev.chancery.application.AuditContext;
import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.identity.IdentityToken;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.ports.certificate.TimestampRequests;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.verification.EvidenceCheck;
import dev.chancery.verification.VerificationCrypto;
import dev.chancery.verification.VerificationEngine;
import java.util.List;
import java.util.Optional;

/// Signs, with a key's own name or with a certificate for an identity, and adds what logs and timestamp authorities say about it.
/// Thread-safe; blocks.
public final class SignWithEvidence {
    private final KeyBackends backends;
    private final SigningPath path;
    private final SigstoreServices services;
    private final AuditContext context;
    private final Certifier certifier;
    private final EvidenceCollector collector;

    public SignWithEvidence(KeyBackends backends, SigningPath path, SigstoreServices services, TimestampRequests requests,
            VerificationCrypto crypto, AuditContext context) {
        this.backends = backends;
        this.path = path;
        this.services = services;
        this.context = context;
        EvidenceCheck check = new EvidenceCheck(crypto);
        this.certifier = new Certifier(services, path, check, crypto.certificates(), context.clock());
        this.collector = new EvidenceCollector(services, requests, check,
                new BundleCheck(new VerificationEngine(crypto, context.clock()), crypto.certificates()));
    }

    /// Makes the task once the key is open.
    @FunctionalInterface
    public interface TaskMaker {
        /// Reads what is to be signed; signs nothing.
        ///
        /// @throws ProblemException when it can't be read or may not be signed
        SigningTask task(KeySession session) throws ProblemException;
    }

    /// Gives the identity token when it is needed: after all that can fail without it, since tokens live for minutes.
    @FunctionalInterface
    public interface TokenSource {
        /// A token that was checked.
        ///
        /// @throws ProblemException when there is none
        IdentityToken token() throws ProblemException;
    }

    /// Signs and collects. What is returned was verified as a whole.
    ///
    /// @param identity whose certificate the key is to get; nothing for a key that stands for itself
    /// @throws EvidenceException.BeforeSigning when services or certificate can't be had; nothing was signed but perhaps a proof of possession
    /// @throws EvidenceException.Incomplete when the signature was made and evidence is missing
    /// @throws ProblemException as [SigningPath#sign(KeySession, SigningTask)], the task's maker and the token's source throw
    public SignedBundle sign(KeyRef key, SigningOptions options, EvidenceOptions evidence, Optional<TokenSource> identity, TaskMaker maker)
            throws ProblemException {
        ServicePlan plan = ServicePlan.of(evidence.config(), services, context.now(), identity.isPresent());
        try (KeySession session = KeySession.open(backends, key, options)) {
            SigningTask task = maker.task(session);
            Optional<SigningCertificate> certificate = identity.isPresent()
                    ? Optional.of(certifier.certify(session, identity.get().token(), plan.issuers(), evidence))
                    : Optional.empty();
            SignedBundle signed = path.sign(session, task);
            KeyMaterial material = certificate.<KeyMaterial>map(issued -> new KeyMaterial.Certificates(List.of(issued.der())))
                    .orElse(signed.bundle().keyMaterial());
            SigstoreBundle bundle = new SigstoreBundle(signed.bundle().version(), material, List.of(), List.of(), signed.bundle().content());
            PendingSignature pending = new PendingSignature(bundle, session.expected().key(), session.algorithm(), task.request().input());
            return new SignedBundle(collector.complete(pending, plan, evidence).bundle(), signed.signature(), signed.subjects());
        }
    }

    /// Goes on with a signature whose evidence was not complete. Blocks.
    ///
    /// @throws EvidenceException when it still isn't, or can't be any more
    public PendingSignature resume(PendingSignature pending, EvidenceOptions evidence) throws EvidenceException {
        boolean keyless = pending.bundle().keyMaterial() instanceof KeyMaterial.Certificates;
        if (keyless) {
            certifier.checkStillOfUse(pending, context.now());
        }
        return collector.complete(pending, ServicePlan.resuming(evidence.config(), services, context.now(), keyless), evidence);
    }
}
