package dev.chancery.domain.pipeline;

import dev.chancery.domain.policy.TextRule;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What must hang on a project's artifacts before they are used.
public sealed interface VerificationRule {
    /// Nothing.
    record Off() implements VerificationRule {}

    /// Signatures. Where a signer and a policy are named both must accept.
    ///
    /// @param signerOrNull whose signature it must be; null when the policy alone decides
    /// @param attestations predicate types of statements by the signer that must be there too
    /// @param policyOrNull path of a policy
    /// @param trustedRootOrNull path of the authorities and logs that are trusted
    record Wanted(@Nullable Signer signerOrNull, List<String> attestations, @Nullable String policyOrNull, @Nullable String trustedRootOrNull)
            implements VerificationRule {
        /// The most attestations.
        public static final int MAX_ATTESTATIONS = 99;

        /// @throws IllegalArgumentException when nobody is named, or attestations are wanted of nobody
        public Wanted {
            attestations = List.copyOf(attestations);
            if (signerOrNull == null && (policyOrNull == null || !attestations.isEmpty())) {
                throw new IllegalArgumentException("somebody has to be trusted");
            }
        }

        /// Whose signature it must be.
        public Optional<Signer> signer() {
            return Optional.ofNullable(signerOrNull);
        }

        /// The policy's path.
        public Optional<String> policy() {
            return Optional.ofNullable(policyOrNull);
        }

        /// The trusted root's path.
        public Optional<String> trustedRoot() {
            return Optional.ofNullable(trustedRootOrNull);
        }
    }

    /// Whose signatures they must be.
    sealed interface Signer {}

    /// Of a key.
    ///
    /// @param path of a public key in PEM
    record KeyFile(String path) implements Signer {}

    /// Of an identity.
    ///
    /// @param name the name in the certificate
    /// @param issuer who must vouch for it
    record Identity(TextRule name, TextRule issuer) implements Signer {}
}
