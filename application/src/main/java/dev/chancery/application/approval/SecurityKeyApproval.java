package dev.chancery.application.approval;

import dev.chancery.application.AuditContext;
import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.webauthn.WebAuthnAssertion;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.key.AssertionKey;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.VerifiedSignature;
import dev.chancery.verification.approval.AnswerVerifier;
import dev.chancery.verification.approval.AssemblyResult.Checked;
import dev.chancery.verification.policy.BoundPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// Makes an answer of what a security key or passkey approved. It signs twice, as a key does: the payload, and the approval of this request.
/// Thread-safe.
public final class SecurityKeyApproval {
    private final AnswerVerifier verifier;
    private final AuditLog audit;
    private final AuditContext context;
    private final Clock clock;

    public SecurityKeyApproval(AnswerVerifier verifier, AuditLog audit, AuditContext context, Clock clock) {
        this.verifier = verifier;
        this.audit = audit;
        this.context = context;
        this.clock = clock;
    }

    /// What is asked: two challenges, the payload's and the statement's ([WebAuthnAssertion#challenge(DssePayload)]).
    ///
    /// @param statement the approval statement
    /// @param approved the time in it
    public record Asked(ApprovalRequest request, DssePayload statement, Instant approved) {}

    /// Settles what is asked, now.
    ///
    /// @throws ProblemException when the request isn't open
    public Asked ask(ApprovalRequest request) throws ProblemException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        ApproveRequest.checkOpen(request, now);
        return new Asked(request, ApprovalAnswerCodec.statement(request, now), now);
    }

    /// Has a security key that is open here approve: the payload, and this request. Blocks until it was touched twice.
    ///
    /// @param key which the caller closes
    /// @param policy the request's policy with its demands for such a statement
    /// @throws ProblemException when the request isn't open, the security key or its user refuses, or the policy would refuse the answer
    public Bytes approve(ApprovalRequest request, AssertionKey key, BoundPolicy policy) throws ProblemException {
        Asked asked = ask(request);
        return answer(asked, key.approve(request.payload()), key.approve(asked.statement()), policy);
    }

    /// Verifies what was answered, writes it down and makes the answer. Blocks for the audit log's flush.
    ///
    /// @param member over the request's payload
    /// @param approval over the approval statement
    /// @param policy the request's policy with its demands for such a statement
    /// @throws ProblemException when the policy would refuse the answer, or the record isn't durable
    public Bytes answer(Asked asked, WebAuthnAssertion member, WebAuthnAssertion approval, BoundPolicy policy) throws ProblemException {
        ApprovalRequest request = asked.request();
        ApprovalAnswer answer = new ApprovalAnswer(new Member.WebAuthn(request.payload(), member), new Member.WebAuthn(asked.statement(), approval), request.id(),
                request.payloadDigest(), asked.approved());
        Checked checked = verifier.verify(request, List.of(new AnswerVerifier.Given("this approval", answer)), policy).answers().getFirst();
        if (!checked.accepted()) {
            Reason reason = checked.reasons().getFirst();
            throw ApprovalException.refused(reason.code(), reason.message());
        }
        VerifiedSignature signature = checked.signature().orElseThrow();
        record(signature, ApproveRequest.subjects(request), member);
        record(signature, List.of(new NamedDigest("request", request.id())), approval);
        String hint = signature.keyId().hint();
        return ApprovalAnswerCodec.write(new Member.WebAuthn(request.payload(), hinted(member, hint)), new Member.WebAuthn(asked.statement(), hinted(approval, hint)),
                asked.statement());
    }

    private void record(VerifiedSignature signature, List<NamedDigest> subjects, WebAuthnAssertion assertion) throws ProblemException {
        audit.append(new AuditEvent.SignatureMade(context.now(), context.actor(), SigningPurpose.STATEMENT.label(), signature.algorithm().cliName(),
                signature.keyId().hex(), "webauthn:" + signature.keyId().hex(), subjects, HashAlgorithm.SHA_256.digest(assertion.signature()), null));
    }

    private static WebAuthnAssertion hinted(WebAuthnAssertion assertion, String hint) {
        return new WebAuthnAssertion(hint, assertion.authenticatorData(), assertion.clientDataJson(), assertion.signature());
    }
}
