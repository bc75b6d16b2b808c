package dev.chancery.application.approval;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.approval.ApprovalAnswer;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.intoto.Subject;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.approval.ApprovalAnswerCodec;
import dev.chancery.verification.VerificationResult.Reason;
import dev.chancery.verification.approval.AnswerVerifier;
import dev.chancery.verification.approval.AssemblyResult.Checked;
import dev.chancery.verification.policy.BoundPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has an officer's key answer a request: it signs the payload and, beside it, the approval of this request. Thread-safe.
public final class ApproveRequest {
    private final KeyBackends backends;
    private final SigningPath path;
    private final AnswerVerifier verifier;
    private final Clock clock;

    public ApproveRequest(KeyBackends backends, SigningPath path, AnswerVerifier verifier, Clock clock) {
        this.backends = backends;
        this.path = path;
        this.verifier = verifier;
        this.clock = clock;
    }

    /// An answer.
    ///
    /// @param json the written form
    /// @param key that signed
    public record Answered(Bytes json, PublicKey key) {}

    /// Refuses a request that isn't open now.
    ///
    /// @throws ApprovalException when it has expired, or was made in the future
    public void checkOpen(ApprovalRequest request) throws ApprovalException {
        checkOpen(request, clock.instant());
    }

    static void checkOpen(ApprovalRequest request, Instant now) throws ApprovalException {
        if (!now.isBefore(request.expires()) || now.isBefore(request.created().minus(ApprovalRequest.CLOCK_SKEW))) {
            throw ApprovalException.notOpen(request, now.truncatedTo(ChronoUnit.SECONDS));
        }
    }

    /// Signs. Blocks; asks for a PIN at most once. The answer is held against the policy before it is handed out.
    ///
    /// @param policyOrNull the request's policy with its demands for such a statement; null when the officer doesn't have it
    /// @throws ProblemException when the request isn't open, the key can't be opened or used, or the policy would refuse the answer
    public Answered approve(ApprovalRequest request, KeyRef key, SigningOptions options, @Nullable BoundPolicy policyOrNull) throws ProblemException {
        checkOpen(request);
        try (KeySession session = KeySession.open(backends, key, options)) {
            Member member = sign(session, new Prepared(request.payload(), subjects(request)));
            Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
            DssePayload statement = ApprovalAnswerCodec.statement(request, now);
            Member approval = sign(session, new Prepared(statement, List.of(new NamedDigest("request", request.id()))));
            if (policyOrNull != null) {
                check(request, new ApprovalAnswer(member, approval, request.id(), request.payloadDigest(), now), policyOrNull);
            }
            return new Answered(ApprovalAnswerCodec.write(member, approval, statement), session.expected().key());
        }
    }

    private Member sign(KeySession session, Prepared prepared) throws ProblemException {
        return new Member.Sigstore(path.sign(session, AttestArtifacts.task(session, prepared)).bundle());
    }

    private void check(ApprovalRequest request, ApprovalAnswer answer, BoundPolicy policy) throws ApprovalException {
        Checked checked = verifier.verify(request, List.of(new AnswerVerifier.Given("this answer", answer)), policy).answers().getFirst();
        if (!checked.accepted()) {
            Reason reason = checked.reasons().getFirst();
            throw ApprovalException.refused(reason.code(), reason.message());
        }
    }

    static List<NamedDigest> subjects(ApprovalRequest request) {
        List<NamedDigest> subjects = new ArrayList<>();
        for (Subject subject : request.statement().subjects()) {
            subjects.add(new NamedDigest(subject.name(), new Digest(HashAlgorithm.SHA_256, Bytes.fromHex(subject.digests().getOrDefault("sha256", "")))));
        }
        return subjects;
    }
}
