package dev.chancery.application.evidence;

import dev.chancery.application.evidence.ServicePlan.Group;
import dev.chancery.domain.bundle.SigstoreBundle.KeyMaterial;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.Service;
import dev.chancery.ports.certificate.TimestampRequests;
import dev.chancery.ports.sigstore.LogProposal;
import dev.chancery.ports.sigstore.ServiceException;
import dev.chancery.ports.sigstore.SigstoreServices;
import dev.chancery.verification.EvidenceCheck;
import dev.chancery.verification.VerificationResult.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Collects timestamps and log entries for a signature. What a service returns is verified before it counts; when it is wrong, or the
/// service does not answer, the next one is asked where the configuration leaves a choice.
///
/// Timestamps and logs are asked at the same time: neither depends on the other. Of what an unfinished signature has been given before nothing
/// counts until it is verified anew: it comes from a file.
final class EvidenceCollector {
    private final SigstoreServices services;
    private final TimestampRequests requests;
    private final EvidenceCheck check;
    private final BundleCheck bundles;

    EvidenceCollector(SigstoreServices services, TimestampRequests requests, EvidenceCheck check, BundleCheck bundles) {
        this.services = services;
        this.requests = requests;
        this.check = check;
        this.bundles = bundles;
    }

    /// The signature with all its evidence, verified as a whole. Blocks.
    ///
    /// @throws EvidenceException.Incomplete when some of it could not be had; with the signature and what there is
    PendingSignature complete(PendingSignature pending, ServicePlan plan, EvidenceOptions options) throws EvidenceException.Incomplete {
        Collected<Bytes> timestamps;
        Collected<TransparencyLogEntry> entries;
        List<TransparencyLogEntry> kept = pending.bundle().logEntries();
        Logs logs = new Logs(pending.proposal(options.root()), options, plan.logs());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Collected<Bytes>> times = threads.submit(() -> timestamps(pending, plan.authorities(), options));
            Future<Collected<TransparencyLogEntry>> first = threads.submit(() -> logs.next(plan.logs().wanted() - kept.size()));
            timestamps = times.get();
            entries = first.get().after(kept);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw incomplete(pending, new Problem(ErrorCode.EVIDENCE_INCOMPLETE, "", "this program was interrupted", ""), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("collecting failed in a way that is a defect", e.getCause());
        }
        PendingSignature signature = pending.with(List.of(), timestamps.found());
        if (timestamps.failureOrNull() != null) {
            // Without the time nobody can judge the logs' entries. They are kept all the same: a log need not show again what it has shown once.
            throw incomplete(signature.with(entries.found(), timestamps.found()), timestamps.failureOrNull().problem(), timestamps.failureOrNull());
        }
        return withEntries(signature, entries, logs, plan, options);
    }

    private PendingSignature withEntries(PendingSignature signature, Collected<TransparencyLogEntry> first, Logs logs, ServicePlan plan,
            EvidenceOptions options) throws EvidenceException.Incomplete {
        PendingSignature done = signature;
        Collected<TransparencyLogEntry> offered = first;
        while (true) {
            Reason wrong = null;
            for (TransparencyLogEntry entry : offered.found()) {
                PendingSignature more = done.withLogEntry(entry);
                Optional<Reason> reason = bundles.reasonAgainst(more, options.root(), more.bundle().logEntries().size(), plan.authorities().wanted());
                if (reason.isEmpty()) {
                    done = more;
                } else {
                    wrong = reason.get();
                }
            }
            int missing = plan.logs().wanted() - done.bundle().logEntries().size();
            if (missing <= 0) {
                // With the last entry the bundle was looked at as a whole; without any it wasn't yet.
                return offered.found().isEmpty() ? whole(done, plan, options) : done;
            }
            if (wrong != null && !logs.hasNext()) {
                throw incomplete(done, new Problem(ErrorCode.LOG_ANSWER_UNSOUND, "", ErrorCode.LOG_ANSWER_UNSOUND.code() + ": "
                        + wrong.code().code() + ": " + wrong.message(), ""), null);
            }
            if (offered.failureOrNull() != null) {
                throw incomplete(done, offered.failureOrNull().problem(), offered.failureOrNull());
            }
            offered = logs.next(missing);
        }
    }

    /// The last look, as a stranger would take it.
    private PendingSignature whole(PendingSignature done, ServicePlan plan, EvidenceOptions options) throws EvidenceException.Incomplete {
        Optional<Reason> reason = bundles.reasonAgainst(done, options.root(), plan.logs().wanted(), plan.authorities().wanted());
        if (reason.isPresent()) {
            throw incomplete(done, new Problem(reason.get().code(), "", reason.get().code().code() + ": " + reason.get().message(), ""), null);
        }
        return done;
    }

    private Collected<Bytes> timestamps(PendingSignature pending, Group authorities, EvidenceOptions options) {
        List<Bytes> found = new ArrayList<>(pending.bundle().timestamps());
        found.removeIf(kept -> wrong(kept, pending, options).isPresent());
        ServiceException last = null;
        Bytes request = requests.request(HashAlgorithm.SHA_256.digest(pending.signature()));
        for (Service authority : authorities.services()) {
            if (found.size() >= authorities.wanted()) {
                break;
            }
            try {
                Bytes response = services.timestamps(authority).timestamp(request, options.budget());
                Optional<Reason> wrong = wrong(response, pending, options);
                if (wrong.isPresent()) {
                    last = new ServiceException.Unsound(new Problem(ErrorCode.TIMESTAMP_ANSWER_UNSOUND, "",
                            ErrorCode.TIMESTAMP_ANSWER_UNSOUND.code() + ": from " + authority.url() + ": " + wrong.get().code().code() + ": "
                                    + wrong.get().message(), ""), null);
                } else {
                    found.add(response);
                }
            } catch (ServiceException e) {
                last = e;
            }
        }
        return new Collected<>(found, found.size() >= authorities.wanted() ? null : last);
    }

    private Optional<Reason> wrong(Bytes response, PendingSignature pending, EvidenceOptions options) {
        Optional<Bytes> certificate = pending.bundle().keyMaterial() instanceof KeyMaterial.Certificates chain ? Optional.of(chain.leaf()) : Optional.empty();
        return check.timestamp(response, pending.signature(), certificate, options.root());
    }

    private static EvidenceException.Incomplete incomplete(PendingSignature pending, Problem cause, @Nullable Throwable thrown) {
        boolean keyless = pending.bundle().keyMaterial() instanceof KeyMaterial.Certificates;
        String remedy = keyless && pending.bundle().timestamps().isEmpty()
                ? "go on with --resume while the certificate is valid, which is for about ten minutes; after that sign anew"
                : "go on with --resume when the service is back";
        return new EvidenceException.Incomplete(new Problem(ErrorCode.EVIDENCE_INCOMPLETE, "no bundle was written; the signature is kept",
                cause.what().isEmpty() ? cause.why() : cause.code().code() + ": " + cause.what() + ": " + cause.why(), remedy), pending, thrown);
    }

    /// What some services gave.
    ///
    /// @param failureOrNull the last failure, when they gave too little
    private record Collected<T>(List<T> found, @Nullable ServiceException failureOrNull) {
        Collected {
            found = List.copyOf(found);
        }

        Collected<T> after(List<T> others) {
            return new Collected<>(Stream.concat(others.stream(), found.stream()).toList(), failureOrNull);
        }
    }

    /// The logs that are left to ask. For one thread at a time.
    private final class Logs {
        private final LogProposal proposal;
        private final EvidenceOptions options;
        private final List<Service> left;

        Logs(LogProposal proposal, EvidenceOptions options, Group logs) {
            this.proposal = proposal;
            this.options = options;
            this.left = new ArrayList<>(logs.services());
        }

        boolean hasNext() {
            return !left.isEmpty();
        }

        /// Unverified entries.
        Collected<TransparencyLogEntry> next(int wanted) {
            List<TransparencyLogEntry> found = new ArrayList<>();
            ServiceException last = null;
            while (found.size() < wanted && !left.isEmpty()) {
                Service log = left.removeFirst();
                try {
                    found.add(services.log(log).append(proposal, options.budget()));
                } catch (ServiceException e) {
                    last = e;
                }
            }
            return new Collected<>(found, found.size() >= wanted ? null : last);
        }
    }
}
