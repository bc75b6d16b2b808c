package dev.chancery.adapters.crypto;

import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.testkit.crypto.SignatureVerifierContract;

/// The verifier for one signature, on the JDK's providers.
final class JdkSignatureVerifierTest extends SignatureVerifierContract {
    @Override
    protected SignatureVerifier verifier() {
        return new JdkSignatureVerifier();
    }
}
