package dev.chancery.ports.key;

import dev.chancery.domain.dsse.DssePayload;
import dev.chancery.domain.webauthn.WebAuthnAssertion;

/// A credential on a security key, which approves where it lives. It does not sign our bytes, but its own data and the hash of what it was asked
/// ([WebAuthnAssertion]); so it is no [SigningKey] and never stands in for one. For one thread.
public interface AssertionKey extends AutoCloseable {
    /// Has the security key approve a payload, once. Blocks until somebody has touched it, or the time for that has passed.
    ///
    /// @return what it answered, which is *not verified*: the caller holds it against the policy before it goes anywhere
    /// @throws KeyException.MayNotSign when its user refuses
    /// @throws KeyException.DeadlineExceeded when nobody touches it in time
    /// @throws KeyException when the security key refuses, fails or is gone
    /// @throws IllegalStateException after [#close()]
    WebAuthnAssertion approve(DssePayload payload) throws KeyException;

    /// Lets go of the security key, and forgets the PIN. Idempotent.
    @Override
    void close();
}
