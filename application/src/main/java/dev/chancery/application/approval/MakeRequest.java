package dev.chancery.application.approval;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.application.signing.AttestArtifacts;
import dev.chancery.application.signing.AttestArtifacts.Prepared;
import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SigningOptions;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.domain.approval.ApprovalRequest;
import dev.chancery.domain.approval.ApprovalRequest.PolicyName;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.QuorumBundle.Member;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.approval.ApprovalRequestCodec;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/// Makes signing requests. Thread-safe.
public final class MakeRequest {
    private final KeyBackends backends;
    private final SigningPath path;
    private final SecureRandom random;
    private final Clock clock;

    public MakeRequest(KeyBackends backends, SigningPath path, SecureRandom random, Clock clock) {
        this.backends = backends;
        this.path = path;
        this.random = random;
        this.clock = clock;
    }

    /// A request that is open from now on.
    ///
    /// @param sizes of the artifacts in bytes, by their SHA-256 in hexadecimal
    /// @param life how long it is open, at most [ApprovalRequest#MAX_LIFE]
    /// @throws FormatException when what was prepared has no SHA-256 for each subject, or a name is too long
    public ApprovalRequest make(Prepared prepared, Map<String, Long> sizes, String requester, PolicyName policy, Duration life) throws FormatException {
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        byte[] nonce = new byte[ApprovalRequest.NONCE_LENGTH];
        random.nextBytes(nonce);
        return ApprovalRequestCodec.request(requester, prepared.payload(), sizes, policy, Bytes.copyOf(nonce), now, now.plus(life));
    }

    /// The requester's signature over it. Blocks.
    ///
    /// @throws ProblemException when the key can't be opened or used, or the record isn't durable
    public Member sign(ApprovalRequest request, KeyRef key, SigningOptions options) throws ProblemException {
        Prepared statement = new Prepared(ApprovalRequestCodec.statement(request.id()), List.of(new NamedDigest("request", request.id())));
        try (KeySession session = KeySession.open(backends, key, options)) {
            return new Member.Sigstore(path.sign(session, AttestArtifacts.task(session, statement)).bundle());
        }
    }
}
