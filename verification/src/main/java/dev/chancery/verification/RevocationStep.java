package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.certificate.CertificatePath;
import dev.chancery.domain.certificate.RevocationFacts;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.policy.RevocationDemand;
import dev.chancery.ports.certificate.RevocationException;
import dev.chancery.ports.certificate.RevocationReader;
import dev.chancery.ports.certificate.RevocationSource;
import dev.chancery.ports.certificate.RevocationSource.Found;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sees that no certificate of a path, but for the trust anchor, was revoked when it signed. One piece of evidence from the right time is enough, and
/// one that says that it was revoked weighs more than all others. What is no evidence never counts as good.
final class RevocationStep {
    private final RevocationReader reader;
    private final Clock clock;

    RevocationStep(RevocationReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    /// @param times when the signature existed
    /// @param wantedTimes by how many givers it must be shown to be from before a revocation, at least 1
    void check(CertificatePath path, List<ProvenTime> times, int wantedTimes, Revocation revocation, Findings findings) throws Stop {
        if (revocation.demand() == RevocationDemand.OFF) {
            return;
        }
        List<Bytes> certificates = path.certificates();
        for (int i = 0; i + 1 < certificates.size(); i++) {
            check(certificates.get(i), certificates.get(i + 1), new RevocationHearing(times, wantedTimes, clock.instant()), revocation, findings);
        }
    }

    private void check(Bytes certificate, Bytes issuer, RevocationHearing hearing, Revocation revocation, Findings findings) throws Stop {
        RevocationFacts facts;
        try {
            facts = reader.facts(certificate, issuer);
        } catch (RevocationException e) {
            undecided(revocation, List.of(stop(e)), findings);
            return;
        }
        hearing.about(facts);
        RevocationSource source = revocation.source();
        Found known = source.known(facts);
        hear(known, certificate, issuer, hearing);
        List<String> failures = new ArrayList<>(known.failures());
        if (hearing.good().isEmpty()) {
            Found fetched = source.fetched(facts);
            hear(fetched, certificate, issuer, hearing);
            failures.addAll(fetched.failures());
        }
        Optional<String> good = hearing.good();
        if (good.isPresent()) {
            findings.passed(Step.REVOCATION, good.get());
            return;
        }
        List<Stop> doubts = hearing.doubts();
        undecided(revocation, doubts.isEmpty() ? List.of(missing(facts, failures)) : doubts, findings);
    }

    private void hear(Found found, Bytes certificate, Bytes issuer, RevocationHearing hearing) throws Stop {
        for (Bytes response : found.responses()) {
            try {
                hearing.hear(reader.ofResponse(response, certificate, issuer));
            } catch (RevocationException e) {
                hearing.doubt(stop(e));
            }
        }
        for (Bytes list : found.lists()) {
            try {
                hearing.hear(reader.ofList(list, certificate, issuer));
            } catch (RevocationException e) {
                hearing.doubt(stop(e));
            }
        }
    }

    private static Stop missing(RevocationFacts facts, List<String> failures) {
        String named = facts.lists().isEmpty() && facts.responders().isEmpty() ? "which names no place where it could be learnt" : "which names "
                + String.join(", ", facts.responders().isEmpty() ? facts.lists() : facts.responders());
        return Stop.unknown(Step.REVOCATION, ErrorCode.REVOCATION_UNPROVEN, "expected evidence that " + facts.name() + " was not revoked, found none; " + named
                + (failures.isEmpty() ? "" : "; " + String.join("; ", failures)));
    }

    private static void undecided(Revocation revocation, List<Stop> doubts, Findings findings) throws Stop {
        List<Finding> all = doubts.stream().flatMap(doubt -> doubt.findings().stream()).toList();
        if (revocation.demand() == RevocationDemand.REQUIRED) {
            throw Stop.of(all, Verdict.UNKNOWN);
        }
        all.forEach(finding -> findings.notRequired(Step.REVOCATION, "passed over: " + finding.message()));
    }

    private static Stop stop(RevocationException e) {
        ErrorCode code = switch (e.reason()) {
            case MALFORMED -> ErrorCode.REVOCATION_MALFORMED;
            case UNSUPPORTED -> ErrorCode.EVIDENCE_UNSUPPORTED;
            case NOT_ABOUT -> ErrorCode.REVOCATION_NOT_ABOUT;
            case UNTRUSTED -> ErrorCode.REVOCATION_UNTRUSTED;
            case SIGNATURE -> ErrorCode.REVOCATION_SIGNATURE_INVALID;
        };
        return Stop.unknown(Step.REVOCATION, code, e.why());
    }
}
