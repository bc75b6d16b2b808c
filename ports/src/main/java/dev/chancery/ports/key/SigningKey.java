package dev.chancery.ports.key;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.ExpectedKey;
import dev.chancery.domain.key.KeyDescription;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SignatureAlgorithm;
import dev.chancery.domain.signing.SigningRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// A private key that signs where it lives. `SigningKeyContract` in testkit says what every implementation must do.
///
/// Implementations are thread-safe. Nothing is retried here: after an ambiguous failure it isn't known whether the key has signed.
public interface SigningKey extends AutoCloseable {
    /// The key as its back end describes it. Doesn't block.
    KeyDescription description();

    /// The public key that signatures will verify with and who says so; nothing when the back end has no source for it. Doesn't block.
    Optional<ExpectedKey> expectedKey();

    /// The certificates that are kept beside the key, in DER; not read, and not verified to be for this key. Blocks.
    ///
    /// @param deadline how long to wait at most
    /// @throws KeyException when the device fails
    default List<Bytes> certificates(Duration deadline) throws KeyException {
        return List.of();
    }

    /// The algorithms this key signs with; the rest is refused with [KeyException.AlgorithmUnsupported]. Doesn't block.
    Set<SignatureAlgorithm> algorithms();

    /// Makes one signature. Blocks until it is there, or the deadline has passed.
    ///
    /// The result is what the device returned, re-encoded (ECDSA as DER) but *not verified*: the caller verifies it with the
    /// expected key before it goes anywhere.
    ///
    /// @param deadline how long to wait at most
    /// @throws KeyException.AlgorithmUnsupported for an algorithm that isn't among [#algorithms()]
    /// @throws KeyException.DeadlineExceeded when there was no answer in time; whether the key has signed isn't known
    /// @throws KeyException when the device refuses or fails
    /// @throws IllegalStateException after [#close()]
    Signature sign(SigningRequest request, Duration deadline) throws KeyException;

    /// How often the service behind the key was asked so far; nothing for a key that is in no service. Doesn't block.
    default Optional<KeyTraffic> traffic() {
        return Optional.empty();
    }

    /// Ends the key's session. Idempotent.
    @Override
    void close();
}
