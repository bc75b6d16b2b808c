package dev.chancery.adapters.keys;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.SigningKey;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// A private key in this process's memory. It signs at once; a deadline can't be missed.
final class FileSigningKey implements SigningKey {
    private final LocalSigner signer;
    private final KeyDescription description;
    private final Set<SignatureAlgorithm> algorithms;
    private volatile boolean closed;

    FileSigningKey(PrivateKeyMaterial material, KeyDescription description) {
        this.signer = material.signer();
        this.description = description;
        this.algorithms = Set.copyOf(SignatureAlgorithm.forKey(material.publicKey()));
    }

    @Override
    public KeyDescription description() {
        return description;
    }

    @Override
    public Optional<ExpectedKey> expectedKey() {
        return description.expectedKey();
    }

    @Override
    public Set<SignatureAlgorithm> algorithms() {
        return algorithms;
    }

    @Override
    public Signature sign(SigningRequest request, Duration deadline) throws KeyException {
        if (closed) {
            throw new IllegalStateException("the key was closed");
        }
        SignatureAlgorithm algorithm = request.algorithm();
        if (!algorithms.contains(algorithm)) {
            throw new KeyException.AlgorithmUnsupported(new Problem(ErrorCode.ALGORITHM_UNSUPPORTED,
                    "nothing was signed with " + description.uri(), "this key does not sign with " + algorithm.cliName(),
                    "see chancery key show for what it can do"), null);
        }
        try {
            return new Signature(algorithm, signer.sign(algorithm, request.input()));
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw new KeyException.DeviceFailed(new Problem(ErrorCode.KEY_FILE_INVALID, "nothing was signed with " + description.uri(),
                    "the key cannot be used: " + e.getMessage(), "check the key with chancery key show"), e);
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
