package dev.chancery.adapters.crypto;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.domain.signing.Signature;
import dev.chancery.domain.signing.SigningInput;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.security.Provider;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Chooses who does the arithmetic of verification, once, when the program is put together. All choices follow the same rules and
/// give the same answers: `SignatureVerifierContract` in testkit says so.
public final class SignatureVerifiers {
    private SignatureVerifiers() {}

    /// A verifier and what it stands on.
    ///
    /// @param implementation what does the arithmetic of elliptic curves, with its version where it has one
    /// @param whyNotFaster why it isn't AWS-LC although that was wanted
    public record Choice(SignatureVerifier verifier, String implementation, Optional<String> whyNotFaster) {}

    /// For a process that verifies one signature and ends: the JDK, with curves that start faster than its own. Doesn't block.
    public static Choice forOne() {
        return light(Optional.empty());
    }

    private static Choice light(Optional<String> whyNotFaster) {
        return new Choice(new StrictSignatureVerifier(new LightCurvePrimitives()), "Bouncy Castle and JDK", whyNotFaster);
    }

    /// For batches and services: AWS-LC, which verifies P-256 and Ed25519 several times as fast and costs tens of milliseconds to load;
    /// that of [#forOne()] where it doesn't load. Blocks while loading.
    public static Choice forMany() {
        try {
            CorrettoPrimitives corretto = CorrettoPrimitives.load();
            return new Choice(new StrictSignatureVerifier(corretto), corretto.version(), Optional.empty());
        } catch (Exception | LinkageError e) {
            return light(Optional.of("AWS-LC cannot be used: " + e));
        }
    }

    /// That of [#forMany()], loading on a thread of its own from now on: who verifies first waits for it, and whoever asks for
    /// [#providerForMany()] meanwhile. Doesn't block.
    public static SignatureVerifier forManySoon() {
        Thread.ofPlatform().daemon().name("load-aws-lc").start(SignatureVerifiers::providerForMany); // one thread loads a class, the others wait
        return new SignatureVerifier() {
            private volatile @Nullable SignatureVerifier loaded;

            @Override
            public boolean verifies(PublicKey key, SigningInput input, Signature signature) {
                SignatureVerifier verifier = loaded;
                if (verifier == null) {
                    verifier = forMany().verifier();
                    loaded = verifier;
                }
                return verifier.verifies(key, input, signature);
            }
        };
    }

    /// The provider behind [#forMany()], for what needs its algorithms by their JDK names; nothing where it doesn't load. Blocks while
    /// loading.
    public static Optional<Provider> providerForMany() {
        try {
            return Optional.of(CorrettoPrimitives.load().provider());
        } catch (Exception | LinkageError e) {
            return Optional.empty();
        }
    }
}
