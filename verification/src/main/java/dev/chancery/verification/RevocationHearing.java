package dev.chancery.verification;

import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.certificate.RevocationReason;
import dev.chancery.domain.certificate.RevocationStatement;
import dev.chancery.domain.certificate.RevocationStatement.Status;
import dev.chancery.domain.error.ErrorCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What was heard about the revocation of one certificate. For one thread.
///
/// A statement counts when it was the newest at the moment that is asked about: now, or the certificate's end if that has come, since lists leave ended
/// certificates out after it (RFC 5280 §3.3), unless the statement says that it speaks of them still.
final class RevocationHearing {
    private final List<ProvenTime> times;
    private final int wantedTimes;
    private final Instant now;
    private final List<Stop> doubts = new ArrayList<>();
    private String name = "";
    private Instant notAfter = Instant.MAX;
    private @Nullable String good;

    RevocationHearing(List<ProvenTime> times, int wantedTimes, Instant now) {
        this.times = times;
        this.wantedTimes = wantedTimes;
        this.now = now;
    }

    void about(RevocationFacts facts) {
        name = facts.name();
        notAfter = facts.notAfter();
    }

    /// @throws Stop when it says that the certificate was revoked: that stays so, and a statement that is out of date says it too, but for a hold, which
    ///     may have been lifted
    void hear(RevocationStatement statement) throws Stop {
        switch (statement.status()) {
            case Status.Good _ -> count(statement, name + " is not revoked, says " + statement.source());
            case Status.Unknown _ -> doubts.add(Stop.unknown(Step.REVOCATION, ErrorCode.REVOCATION_STATUS_UNKNOWN, "expected a responder who knows " + name
                    + ", found that it doesn't, in " + statement.source()));
            case Status.Revoked revoked -> {
                Optional<Instant> until = revoked.goodUntil();
                String what = name + " was revoked at " + revoked.time() + " (" + revoked.reason().label() + revoked.invalidityDate().map(date -> ", invalid since "
                        + date).orElse("") + "), says " + statement.source();
                if (until.isPresent() && isFromBefore(until.get())) {
                    count(statement, what + "; the signature is from before");
                } else if (revoked.reason() != RevocationReason.CERTIFICATE_HOLD || fault(statement).isEmpty()) {
                    throw Stop.rejected(Step.REVOCATION, ErrorCode.CERTIFICATE_REVOKED, "expected a certificate that was good when it signed, found that " + what
                            + (until.isPresent() ? "" : "; of a compromised key nobody knows since when"));
                } else {
                    fault(statement).ifPresent(doubts::add);
                }
            }
        }
    }

    void doubt(Stop stop) {
        doubts.add(stop);
    }

    /// By so many givers as proofs of time are wanted.
    private boolean isFromBefore(Instant until) {
        Set<String> givers = new HashSet<>();
        times.stream().filter(time -> time.time().isBefore(until)).forEach(time -> givers.add(time.giver()));
        return givers.size() >= wantedTimes;
    }

    private void count(RevocationStatement statement, String message) {
        Optional<Stop> fault = fault(statement);
        if (fault.isPresent()) {
            doubts.add(fault.get());
        } else if (good == null) {
            good = message;
        }
    }

    /// Why a statement is not from the right time.
    private Optional<Stop> fault(RevocationStatement statement) {
        if (statement.thisUpdate().isAfter(now.plus(ClockStep.TOLERANCE))) {
            return Optional.of(Stop.unknown(Step.REVOCATION, ErrorCode.CLOCK_BEHIND, "expected a clock that is not before " + statement.thisUpdate()
                    + ", from when " + statement.source() + " is; found it at " + now));
        }
        Instant end = notAfter.plusSeconds(1);
        boolean ended = !now.isBefore(end) && !statement.keepsExpired();
        Instant moment = ended ? end : now;
        if (ended && !statement.thisUpdate().isBefore(end)) {
            return stale(statement, "expected evidence from before the end of " + name + " at " + notAfter + ", after which it may be left out");
        }
        if (statement.nextUpdate().isEmpty()) {
            return stale(statement, "expected evidence that says until when it counts");
        }
        return statement.nextUpdate().get().isBefore(ended ? notAfter : moment)
                ? stale(statement, "expected evidence that counts until " + (ended ? notAfter + ", when " + name + " ended" : "now, " + now))
                : Optional.empty();
    }

    private static Optional<Stop> stale(RevocationStatement statement, String expected) {
        return Optional.of(Stop.unknown(Step.REVOCATION, ErrorCode.REVOCATION_STALE, expected + ", found " + statement.source()
                + statement.nextUpdate().map(next -> ", which counts until " + next).orElse(", which doesn't say")));
    }

    /// What shows that it was good.
    Optional<String> good() {
        return Optional.ofNullable(good);
    }

    /// Why there is no such thing. Evidence about others is named only when there is nothing else: each authority of a path has its own list.
    List<Stop> doubts() {
        List<Stop> closer = doubts.stream().filter(doubt -> doubt.findings().stream().noneMatch(finding -> finding.codeOrNull() == ErrorCode.REVOCATION_NOT_ABOUT))
                .toList();
        return closer.isEmpty() ? List.copyOf(doubts) : closer;
    }
}
