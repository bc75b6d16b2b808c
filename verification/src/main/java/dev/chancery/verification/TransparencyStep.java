package dev.chancery.verification;

import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Verifies log entries: each is by a trusted log, about this very signature, and proven to be in the log. An entry with anything wrong
/// about it counts for nothing.
final class TransparencyStep {
    private final EntryBinding binding;
    private final PromiseCheck promises;
    private final InclusionCheck inclusions;

    TransparencyStep(SignatureVerifier verifier, PublicKeyDecoder keys) {
        binding = new EntryBinding(keys);
        promises = new PromiseCheck(verifier);
        inclusions = new InclusionCheck(verifier);
    }

    /// Without a trusted root there is nothing to check them against. A bare key needs none; whoever wants some all the same gets no
    /// weaker answer for it.
    static void withoutRoot(SigstoreBundle bundle, Requirements requirements, Findings findings) throws Stop {
        if (requirements.logEntries() > 0 || requirements.times() > 0) {
            throw Stop.unknown(Step.TRANSPARENCY, ErrorCode.EVIDENCE_UNSUPPORTED,
                    "expected a trusted root to check log entries and timestamps against, found none given");
        }
        if (!bundle.logEntries().isEmpty()) {
            findings.notRequired(Step.TRANSPARENCY, "log entries were not checked: no trusted root was given");
        }
        if (!bundle.timestamps().isEmpty()) {
            findings.notRequired(Step.TIME, "timestamps were not checked: no trusted root was given");
        }
    }

    /// The entries that hold.
    List<VerifiedEntry> check(SigstoreBundle bundle, SignedContent content, Signer signer, PreparedRoot root, Requirements requirements,
            Findings findings) throws Stop {
        Tally tally = new Tally(Step.TRANSPARENCY);
        List<VerifiedEntry> entries = new ArrayList<>();
        for (TransparencyLogEntry entry : bundle.logEntries()) {
            try {
                VerifiedEntry verified = verify(entry, content, signer, root, requirements);
                entries.add(verified);
                tally.holds(verified.log().giver(), entry.kindVersion() + " entry " + entry.logIndex() + " of " + verified.log().name());
            } catch (Stop stop) {
                tally.fails(stop);
            }
        }
        tally.settle(requirements.logEntries(), Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MISSING, "expected entries in "
                + requirements.logEntries() + " transparency logs, found " + entries.size()), findings);
        return entries;
    }

    private VerifiedEntry verify(TransparencyLogEntry entry, SignedContent content, Signer signer, PreparedRoot root, Requirements requirements)
            throws Stop {
        LogKey log = root.logs().stream().filter(known -> known.isNamed(entry.logId())).findFirst().orElse(null);
        if (log == null) {
            throw root.isUnread(entry.logId())
                    ? Stop.unknown(Step.TRANSPARENCY, ErrorCode.EVIDENCE_UNSUPPORTED, "expected a log key that is verified here, found another kind")
                    : Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_UNTRUSTED, "expected an entry of a trusted log, found one of log "
                            + entry.logId().toHex());
        }
        binding.check(entry, content, signer);
        Instant promised = promises.check(entry, log);
        Optional<InclusionProof> proof = entry.inclusionProof();
        if (proof.isPresent() && (proof.get().checkpoint().isPresent() || promised == null)) {
            inclusions.check(entry, proof.get(), log, requirements);
        } else if (promised == null || requirements.cosignatures() > 0) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MALFORMED, "expected a promise or a proof with a checkpoint in the log entry, found neither");
        }
        return new VerifiedEntry(log, entry, promised);
    }

    /// A log's key that is retired may be in anyone's hands by now: what it has signed counts only when its time is proven to be before
    /// the key's end, by the log's own promise or another's timestamp.
    static void checkRetired(List<VerifiedEntry> entries, List<ProvenTime> times, int wanted, Findings findings) throws Stop {
        Set<String> inTime = new HashSet<>();
        for (VerifiedEntry entry : entries) {
            Optional<Instant> end = entry.log().window().end();
            if (entry.promisedTimeOrNull() != null || end.isEmpty() || times.stream().anyMatch(time -> !time.time().isAfter(end.get()))) {
                inTime.add(entry.log().giver());
            } else {
                findings.notRequired(Step.TRANSPARENCY, "the key of " + entry.log().name() + " is retired since " + end.get());
            }
        }
        if (inTime.size() < wanted) {
            throw Stop.unknown(Step.TRANSPARENCY, ErrorCode.LOG_KEY_RETIRED, "expected proof that the log signed before its key was retired, found none");
        }
    }
}
