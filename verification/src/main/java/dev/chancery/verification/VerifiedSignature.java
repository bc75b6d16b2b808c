package dev.chancery.verification;

import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.intoto.Statement;
import dev.chancery.domain.key.KeyId;
import dev.chancery.domain.signing.SignatureAlgorithm;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A signature that passed every step: to hold one is to know that it was verified, since only the engine can make one.
public final class VerifiedSignature {
    private final KeyId keyId;
    private final SignatureAlgorithm algorithm;
    private final Digest artifact;
    private final @Nullable Statement statement;

    VerifiedSignature(KeyId keyId, SignatureAlgorithm algorithm, Digest artifact, @Nullable Statement statement) {
        this.keyId = keyId;
        this.algorithm = algorithm;
        this.artifact = artifact;
        this.statement = statement;
    }

    /// The key it is by.
    public KeyId keyId() {
        return keyId;
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
}
