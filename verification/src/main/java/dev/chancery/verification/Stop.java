package dev.chancery.verification;

import dev.chancery.domain.error.Problem;
import org.jspecify.annotations.Nullable;

/// Ends a walk at the first step that does not pass. Never leaves the engine.
final class Stop extends Exception {
    private static final long serialVersionUID = 1;

    final transient Finding finding;
    final transient @Nullable Problem unreadable;

    Stop(Finding finding, @Nullable Problem unreadable) {
        super(finding.message(), null, false, false);
        this.finding = finding;
        this.unreadable = unreadable;
    }
}
