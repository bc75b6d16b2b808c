package dev.chancery.verification;

import java.util.List;

/// What was found beside the signature itself.
record VerifiedEvidence(List<VerifiedEntry> entries, List<ProvenTime> times) {
    static final VerifiedEvidence NONE = new VerifiedEvidence(List.of(), List.of());

    VerifiedEvidence {
        entries = List.copyOf(entries);
        times = List.copyOf(times);
    }
}
