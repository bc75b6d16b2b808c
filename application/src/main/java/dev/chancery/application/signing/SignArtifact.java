package dev.chancery.application.signing;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.key.KeyException;

/// Signs an artifact's content: a Sigstore bundle with a message signature. Thread-safe; blocks.
public final class SignArtifact {
    private final KeyBackends backends;
    private final SigningPath path;

    public SignArtifact(KeyBackends backends, SigningPath path) {
        this.backends = backends;
        this.path = path;
    }

    /// Reads the artifact once, signs it and returns the bundle.
    ///
    /// The key is opened first, so that a wrong PIN is known before a long file is read.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the key can't be opened or used
    /// @throws SigningRefused when the content may not be signed as an artifact
    /// @throws SigningException when the expected key, the algorithm, the signature or the artifact stops the path
    /// @throws AuditException when the record isn't durable
    public SignedBundle sign(ArtifactSource artifact, KeyRef keyRef, SigningOptions options)
            throws KeyRefException, KeyException, SigningRefused, SigningException, AuditException {
        try (KeySession session = KeySession.open(backends, keyRef, options)) {
            return path.sign(session, task(session, artifact));
        }
    }

    /// Reads the artifact once; signs nothing yet.
    ///
    /// @throws SigningRefused when the content may not be signed as an artifact
    /// @throws SigningException when the artifact can't be read
    public SigningTask task(KeySession session, ArtifactSource artifact) throws SigningRefused, SigningException {
        SignatureAlgorithm algorithm = session.algorithm();
        ArtifactContent content = Artifacts.read(artifact, algorithm);
        return new SigningTask.OfArtifact(content.requestFor(algorithm), new NamedDigest(artifact.name(), content.sha256()),
                content.digest(algorithm.messageDigestAlgorithm()));
    }
}
