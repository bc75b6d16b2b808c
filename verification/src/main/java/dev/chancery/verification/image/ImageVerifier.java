package dev.chancery.verification.image;

import dev.chancery.domain.digest.Digest;
import dev.chancery.verification.Expectations;
import dev.chancery.verification.Requirements;
import dev.chancery.verification.Trust;
import dev.chancery.verification.VerificationEngine;
import dev.chancery.verification.policy.BoundPolicy;
import dev.chancery.verification.policy.PolicyVerifier;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Verifies what is found beside an artifact. Thread-safe; opens no socket.
public final class ImageVerifier {
    /// The predicate type of a plain signature on an image. Without another expectation this one is expected: an attestation says something
    /// about the artifact, which need not be good.
    public static final String SIGNATURE_TYPE = Expectations.SIGNATURE_TYPE;

    private final VerificationEngine engine;
    private final PolicyVerifier policies;

    public ImageVerifier(VerificationEngine engine, PolicyVerifier policies) {
        this.engine = engine;
        this.policies = policies;
    }

    /// One signer who is trusted, whose one signature is enough.
    ///
    /// @param predicateType of statements; with [#SIGNATURE_TYPE] cosign 2's signatures count too
    public record ByTrust(Trust trust, Requirements requirements, String predicateType) {}

    /// What is wanted; where both are given both must accept.
    ///
    /// @param byTrustOrNull null when policies alone decide
    /// @param policies each of which must be met
    public record Wanted(@Nullable ByTrust byTrustOrNull, List<BoundPolicy> policies) {
        public Wanted {
            policies = List.copyOf(policies);
            if (byTrustOrNull == null && policies.isEmpty()) {
                throw new IllegalArgumentException("somebody has to be trusted");
            }
        }
    }

    /// Begins to verify an artifact by what will be found beside it.
    ///
    /// @param artifact the digest of the manifest
    public ImageVerification begin(Digest artifact, Wanted wanted) {
        return new ImageVerification(engine, artifact, wanted.byTrustOrNull(), wanted.policies().isEmpty() ? null : policies.hearing(wanted.policies()));
    }
}
