package dev.chancery.domain.pipeline;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a project's artifacts are signed.
public sealed interface SigningRule {
    /// Not at all.
    record Off() implements SigningRule {}

    /// With a key.
    ///
    /// @param key a path or a URI, not yet read as a key's name
    /// @param servicesOrNull which give evidence; null for none
    record WithKey(String key, @Nullable Services servicesOrNull) implements SigningRule {
        /// Which give evidence.
        public Optional<Services> services() {
            return Optional.ofNullable(servicesOrNull);
        }
    }

    /// With a certificate for whoever runs the pipeline.
    ///
    /// @param services which issue it, and give evidence
    record Keyless(Services services) implements SigningRule {}

    /// Services, and what their answers are verified with.
    ///
    /// @param signingConfig path of a signing configuration
    /// @param trustedRoot path of a trusted root
    record Services(String signingConfig, String trustedRoot) {}
}
