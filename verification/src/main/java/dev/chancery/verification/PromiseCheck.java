package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Verifies a Rekor v1 log's signed promise to include an entry (SET): over the RFC 8785 form of body, time, log and index, so that
/// none of them can be changed (rekor, pkg/verify).
final class PromiseCheck {
    private final SignatureVerifier verifier;

    PromiseCheck(SignatureVerifier verifier) {
        this.verifier = verifier;
    }

    /// The time that the log has signed; null when there is no promise, and then nothing proves the time that stands in the entry.
    @Nullable Instant check(TransparencyLogEntry entry, LogKey log) throws Stop {
        Optional<Bytes> promise = entry.signedEntryTimestamp();
        if (promise.isEmpty()) {
            return null;
        }
        Instant time = entry.integratedTime().orElseThrow(() -> Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_PROMISE_INVALID,
                "expected a time with the log's promise, found none"));
        if (!log.signed(signed(entry, time), promise.get(), verifier)) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_PROMISE_INVALID, "expected a promise that " + log.name()
                    + " signed for entry " + entry.logIndex() + " at " + time + ", found another signature");
        }
        if (!log.window().contains(time)) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_KEY_OUTSIDE_WINDOW, "expected an entry from when " + log.name()
                    + " is trusted, found one of " + time);
        }
        return time;
    }

    private static Bytes signed(TransparencyLogEntry entry, Instant time) {
        return Bytes.ofUtf8("{\"body\":\"" + entry.canonicalizedBody().toBase64() + "\",\"integratedTime\":" + time.getEpochSecond()
                + ",\"logID\":\"" + entry.logId().toHex() + "\",\"logIndex\":" + entry.logIndex() + "}");
    }
}
