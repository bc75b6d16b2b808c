package dev.chancery.application.evidence;

import dev.chancery.domain.trust.SigningConfig;
import dev.chancery.domain.trust.TrustedRoot;
import java.time.Duration;

/// Which evidence to collect, and whom to believe.
///
/// @param config the services
/// @param root what their answers are verified with
/// @param budget how long each service may take, retries included
public record EvidenceOptions(SigningConfig config, TrustedRoot root, Duration budget) {
    /// The time limit where the user names none.
    public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(60);

    /// @throws IllegalArgumentException when the budget isn't positive
    public EvidenceOptions {
        if (budget.isNegative() || budget.isZero()) {
            throw new IllegalArgumentException("a budget is positive");
        }
    }
}
