package dev.chancery.verification;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.keyring.KeyState;
import dev.chancery.domain.keyring.KeyringEntry;
import dev.chancery.domain.signing.SigningPurpose;
import dev.chancery.domain.trust.ValidityWindow;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Holds a key's signature against its entry in the keyring: what the key is for, and whether it was in use when it signed. A proof of time says only
/// that a signature existed by then; of one that is proven for later than the key's window it isn't known when it was made.
final class LifecycleStep {
    private final Clock clock;

    LifecycleStep(Clock clock) {
        this.clock = clock;
    }

    void check(KeyringEntry entry, SignedContent content, List<ProvenTime> times, Findings findings) throws Stop {
        SigningPurpose purpose = switch (content) {
            case SignedContent.Message _ -> SigningPurpose.ARTIFACT;
            case SignedContent.Attestation _ -> SigningPurpose.STATEMENT;
        };
        if (!entry.purposes().contains(purpose)) {
            throw Stop.rejected(Step.KEY, ErrorCode.KEY_PURPOSE, "expected a key for " + purpose.label() + ", the keyring has it for "
                    + entry.purposes().stream().map(SigningPurpose::label).toList());
        }
        if (entry.state() == KeyState.PRE_ACTIVATION) {
            throw Stop.rejected(Step.KEY, ErrorCode.KEY_NOT_IN_USE, "expected a key that is in use, the keyring has it for pre-activation");
        }
        Optional<Instant> earliest = times.stream().map(ProvenTime::time).min(Instant::compareTo);
        checkWindow(entry, earliest);
        for (ValidityWindow revoked : entry.revocations()) {
            checkRevocation(revoked, earliest);
        }
        findings.passed(Step.KEY, "the keyring has the key as " + entry.state().label() + ", in use " + words(entry.window())
                + earliest.map(time -> "; the signature is proven for " + time).orElse(""));
    }

    private void checkWindow(KeyringEntry entry, Optional<Instant> earliest) throws Stop {
        Instant now = clock.instant();
        ValidityWindow window = entry.window();
        Instant start = window.start().orElse(Instant.MIN);
        if (earliest.orElse(now).isBefore(start)) {
            throw Stop.rejected(Step.KEY, ErrorCode.KEY_NOT_IN_USE, "expected a signature from when the key was in use (" + words(window) + "), found one "
                    + (earliest.isPresent() ? "proven for " + earliest.get() : "from before"));
        }
        boolean signing = entry.state().isSigning() && window.contains(now);
        boolean inside = earliest.isPresent() && window.contains(earliest.get());
        if (!inside && !(signing && earliest.isEmpty())) {
            throw Stop.unknown(Step.KEY, ErrorCode.KEY_RETIRED, "expected proof that the signature is from when the key was in use (" + words(window) + "): it is "
                    + entry.state().label() + "; found " + earliest.map(time -> "it proven for " + time).orElse("no proof of time"));
        }
    }

    private static void checkRevocation(ValidityWindow revoked, Optional<Instant> earliest) throws Stop {
        if (earliest.isPresent() && revoked.start().isPresent() && earliest.get().isBefore(revoked.start().get())) {
            return;
        }
        if (earliest.isPresent() && revoked.contains(earliest.get())) {
            throw Stop.rejected(Step.KEY, ErrorCode.KEY_REVOKED, "expected a signature that the keyring has not revoked (" + words(revoked) + "), found one proven for "
                    + earliest.get());
        }
        throw Stop.unknown(Step.KEY, ErrorCode.KEY_RETIRED, "expected proof that the signature is from before the keyring has revoked the key (" + words(revoked)
                + "), found " + earliest.map(time -> "it proven for " + time).orElse("no proof of time"));
    }

    private static String words(ValidityWindow window) {
        return window.start().map(start -> "from " + start).orElse("") + window.end().map(end -> " to " + end).orElse("");
    }
}
