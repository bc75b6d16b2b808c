package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;

/// Log entries and timestamps: without a trusted root there is nothing to check them against, and a bare key needs neither.
final class TransparencyStep {
    private TransparencyStep() {}

    static void withoutRoot(SigstoreBundle bundle, Findings findings) {
        if (!bundle.logEntries().isEmpty()) {
            findings.notRequired(Step.TRANSPARENCY, "log entries were not checked: no trusted root was given");
        }
        if (!bundle.timestamps().isEmpty()) {
            findings.notRequired(Step.TRANSPARENCY, "timestamps were not checked: no trusted root was given");
        }
    }
}
