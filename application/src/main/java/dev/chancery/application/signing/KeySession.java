package dev.chancery.application.signing;

import dev.chancery.application.keys.KeyBackends;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyRef;
import dev.chancery.domain.key.KeyRefException;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.ports.key.KeyAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.KeyTraffic;
import dev.chancery.ports.key.SigningKey;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// An opened key with what was settled about it: the public key that its signatures must verify with, and the algorithm. For one
/// signature or for many; thread-safe.
public final class KeySession implements AutoCloseable {
    private final SigningKey key;
    private final ExpectedKey expected;
    private final SignatureAlgorithm algorithm;
    private final KeyMaterial keyMaterial;
    private final KeyAccess access;

    private KeySession(SigningKey key, ExpectedKey expected, SignatureAlgorithm algorithm, KeyMaterial keyMaterial, KeyAccess access) {
        this.keyMaterial = keyMaterial;
        this.key = key;
        this.expected = expected;
        this.algorithm = algorithm;
        this.access = access;
    }

    /// Opens a key. Blocks; asks for a PIN at most once. Nothing is signed.
    ///
    /// @throws KeyRefException when no back end knows the reference
    /// @throws KeyException when the key can't be opened
    /// @throws SigningException when it isn't the expected key, nothing says which key to expect, it can't use the algorithm, or the certificate isn't
    ///     one for it
    public static KeySession open(KeyBackends backends, KeyRef ref, SigningOptions options)
            throws KeyRefException, KeyException, SigningException {
        SigningKey key = backends.backendOf(ref).open(ref, options.access());
        boolean settled = false;
        try {
            ExpectedKey expected = options.expectation().settle(key);
            SignatureAlgorithm algorithm = SigningPath.algorithmFor(key, expected, options);
            KeyMaterial material = options.certificate().isPresent()
                    ? new KeyMaterial.Certificates(List.of(options.certificate().get().settle(key, expected, options.access().deadline())))
                    : new KeyMaterial.PublicKeyHint(expected.key().id().hint());
            KeySession session = new KeySession(key, expected, algorithm, material, options.access());
            settled = true;
            return session;
        } finally {
            if (!settled) {
                key.close();
            }
        }
    }

    SigningKey key() {
        return key;
    }

    /// The public key that signatures must verify with, and who named it.
    public ExpectedKey expected() {
        return expected;
    }

    /// What the key signs with.
    public SignatureAlgorithm algorithm() {
        return algorithm;
    }

    /// What bundles say of the key: a hint at it, or its certificate.
    public KeyMaterial keyMaterial() {
        return keyMaterial;
    }

    /// Whether each use of the key counts.
    public boolean limitedUse() {
        return access.limitedUse();
    }

    /// How often the service behind the key was asked so far; nothing for a key that is in no service.
    public Optional<KeyTraffic> traffic() {
        return key.traffic();
    }

    Duration deadline() {
        return access.deadline();
    }

    @Override
    public void close() {
        key.close();
    }
}
