package dev.chancery.verification;

import dev.chancery.domain.certificate.SigningCertificate;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signature that passed every step: to hold one is to know that it was verified, since only the engine can make one.
public final class VerifiedSignature {
    private final Signer signer;
    private final SignatureAlgorithm algorithm;
    private final Digest artifact;
    private final @Nullable Statement statement;
    private final VerifiedEvidence evidence;

    VerifiedSignature(Signer signer, SignatureAlgorithm algorithm, Digest artifact, @Nullable Statement statement, VerifiedEvidence evidence) {
        this.signer = signer;
        this.algorithm = algorithm;
        this.artifact = artifact;
        this.statement = statement;
        this.evidence = evidence;
    }

    /// The key it is by.
    public KeyId keyId() {
        return signer.key().id();
    }

    /// The certificate it is by; nothing when a key was trusted.
    public Optional<SigningCertificate> certificate() {
        return Optional.ofNullable(signer.certificateOrNull());
    }

    /// The algorithm it was verified with.
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /// The digest by which the artifact was bound to it: of the content that was read, or the one that was given.
    public Digest artifact() {
        return artifact;
    }

    /// What an attestation states; nothing for a message signature, which says only that the key has signed the artifact.
    public Optional<Statement> statement() {
        return Optional.ofNullable(statement);
    }

    /// When it verifiably existed, and who proves that.
    public List<Time> times() {
        return evidence.times().stream().map(time -> new Time(time.time(), time.source())).toList();
    }

    /// The transparency logs that have it.
    public List<LogEntry> logEntries() {
        return evidence.entries().stream().map(entry -> new LogEntry(entry.log().name(), entry.entry().logIndex())).toList();
    }

    /// A time.
    ///
    /// @param source who proves it, in words
    public record Time(Instant time, String source) {}

    /// An entry of a transparency log.
    ///
    /// @param log its address, as the trusted root has it
    /// @param index from 0
    public record LogEntry(String log, long index) {}
}
