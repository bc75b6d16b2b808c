package dev.chancery.adapters.crypto;

import dev.chancery.ports.crypto.SignatureVerifier;
import java.util.Optional;

/// Chooses who does the arithmetic of verification, once, when the program is put together. All choices follow the same rules and
/// give the same answers: `SignatureVerifierContract` in testkit says so.
public final class SignatureVerifiers {
    private SignatureVerifiers() {}

    /// A verifier and what it stands on.
    ///
    /// @param implementation `JDK`, or the provider with its version
    /// @param whyNotFaster why it is the JDK although the faster one was wanted
    public record Choice(SignatureVerifier verifier, String implementation, Optional<String> whyNotFaster) {}

    /// For a process that verifies one signature and ends: the JDK, since there is nothing to load. Doesn't block.
    public static Choice forOne() {
        return new Choice(new JdkSignatureVerifier(), "JDK", Optional.empty());
    }

    /// For batches and services: AWS-LC, which verifies P-256 and Ed25519 several times as fast and costs tens of milliseconds to load;
    /// the JDK where it doesn't load. Blocks while loading.
    public static Choice forMany() {
        try {
            CorrettoPrimitives corretto = CorrettoPrimitives.load();
            return new Choice(new StrictSignatureVerifier(corretto), corretto.version(), Optional.empty());
        } catch (Exception | LinkageError e) {
            return new Choice(new JdkSignatureVerifier(), "JDK", Optional.of("AWS-LC cannot be used: " + e));
        }
    }
}
