package dev.chancery.adapters.crypto;

import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.testkit.crypto.SignatureVerifierContract;

/// The verifier of a process that verifies one signature.
final class LightSignatureVerifierTest extends SignatureVerifierContract {
    @Override
    protected SignatureVerifier verifier() {
        return SignatureVerifiers.forOne().verifier();
    }
}
