package dev.chancery.application.signing;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.audit.AuditEvent.NamedDigest;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bundle.SigstoreBundle.Content.MessageSignature;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial.PublicKeyHint;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.ArtifactContent;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRefused;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.artifact.ArtifactSource;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.util.List;

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
        try (SigningKey key = backends.backendOf(keyRef).open(keyRef, options.access())) {
            ExpectedKey expected = options.expectation().settle(key);
            SignatureAlgorithm algorithm = SigningPath.algorithmFor(key, expected, options.algorithm());
            ArtifactContent content = Artifacts.read(artifact, algorithm);
            SigningRequest.OfArtifact request = content.requestFor(algorithm);
            List<NamedDigest> subjects = List.of(new NamedDigest(artifact.name(), content.sha256()));
            ReleasedSignature released = path.sign(key, expected, request, subjects, options.access().deadline());
            SigstoreBundle bundle = new SigstoreBundle(SigstoreBundle.Version.V0_3, new PublicKeyHint(expected.key().id().hint()),
                    List.of(), List.of(),
                    new MessageSignature(content.digest(algorithm.messageDigestAlgorithm()), released.signature().value()));
            return new SignedBundle(bundle, released, subjects);
        }
    }
}
