package dev.chancery.application.batch;

import dev.chancery.application.signing.KeySession;
import dev.chancery.application.signing.SignedBundle;
import dev.chancery.application.signing.SigningPath;
import dev.chancery.application.signing.SigningTask;
import dev.chancery.domain.audit.AuditEvent;
import dev.chancery.domain.audit.AuditEvent.SignatureAttempt;
import dev.chancery.domain.bundle.SigstoreBundle;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.sigstore.BundleCodec;
import dev.chancery.ports.audit.AuditException;
import dev.chancery.ports.audit.AuditLog;
import dev.chancery.ports.audit.AuditReport;
import dev.chancery.ports.key.KeyException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/// Signs the items of one batch, each through the signing path. Thread-safe: items are signed on as many threads as call.
///
/// The audit record of an item holds its signature. So whatever instant the batch is killed at, going on with [#resuming] finds for each
/// item either its bundle, or its record, from which the bundle is made, or neither, and only then is the key asked. A key whose uses count
/// ([KeySession#limitedUse()]) is not even then asked for an item that an earlier run may have got a signature for.
public final class SigningBatch {
    private final SigningPath path;
    private final KeySession session;
    private final boolean resuming;
    private final Map<Digest, Bytes> unwritten;
    private final Set<Digest> uncertain;
    private final Set<String> places = ConcurrentHashMap.newKeySet();

    private SigningBatch(SigningPath path, KeySession session, boolean resuming, Map<Digest, Bytes> unwritten,
            Set<Digest> uncertain) {
        this.path = path;
        this.session = session;
        this.resuming = resuming;
        this.unwritten = Map.copyOf(unwritten);
        this.uncertain = Set.copyOf(uncertain);
    }

    /// A batch from its beginning: an item whose bundle exists fails unless its [BatchItem#write] replaces it.
    public static SigningBatch beginning(SigningPath path, KeySession session) {
        return new SigningBatch(path, session, false, Map.of(), Set.of());
    }

    /// A batch that goes on after an earlier run. Blocks while the audit log is read.
    ///
    /// @param unwrittenPlace whether nothing stands at an item's place, so that its record is of use
    /// @throws AuditException when the log can't be read or was altered: without it nobody knows what was signed
    public static SigningBatch resuming(SigningPath path, KeySession session, AuditLog audit, Predicate<String> unwrittenPlace)
            throws AuditException {
        Map<Digest, Bytes> unwritten = new HashMap<>();
        Set<Digest> uncertain = new HashSet<>();
        AuditReport report;
        try {
            report = audit.verify((index, event) -> {
                switch (event) {
                    case AuditEvent.SignatureMade made -> made.recovery().ifPresent(recovery -> {
                        uncertain.remove(recovery.item());
                        if (unwrittenPlace.test(recovery.place())) {
                            unwritten.put(recovery.item(), recovery.signature());
                        }
                    });
                    case SignatureAttempt attempt when attempt.progress() == SignatureAttempt.Progress.INTENDED -> uncertain.add(attempt.item());
                    case SignatureAttempt attempt -> uncertain.remove(attempt.item());
                    case AuditEvent.SignatureUnanswered _, AuditEvent.KeyGenerated _, AuditEvent.KeyRotated _, AuditEvent.KeyDestruction _ -> { }
                }
            });
        } catch (AuditException.Absent e) { // the earlier run ended before it signed anything
            return new SigningBatch(path, session, true, Map.of(), Set.of());
        }
        if (report.broken().isPresent()) {
            throw new AuditException.Unreadable(new Problem(ErrorCode.AUDIT_BROKEN, "the batch was not resumed",
                    "the audit log, which says what was signed before, was altered: " + report.broken().get(),
                    "see chancery audit verify; run the batch without --resume and with another CHANCERY_AUDIT_LOG to sign all again"), null);
        }
        return new SigningBatch(path, session, true, unwritten, uncertain);
    }

    /// Signs one item, or finds that it was signed. Blocks. Never throws for what can go wrong with an item.
    public BatchOutcome sign(BatchItem item) {
        try {
            return attempt(item);
        } catch (ProblemException e) {
            return BatchOutcome.failed(e.problem());
        }
    }

    private BatchOutcome attempt(BatchItem item) throws ProblemException {
        String place = item.place();
        if (!places.add(place)) {
            return BatchOutcome.failed(new Problem(ErrorCode.OUTPUT_EXISTS, "the item was not signed",
                    "an earlier item of this batch has its bundle at " + place, "give each item a place of its own with \"bundle\""));
        }
        if (!resuming) {
            item.checkPlace();
        }
        Optional<Bytes> existing = resuming ? item.existing() : Optional.empty();
        SigningTask task = item.task(session);
        if (existing.isPresent()) {
            return isOf(task, existing.get())
                    ? BatchOutcome.of(BatchOutcome.Kind.KEPT)
                    : BatchOutcome.failed(new Problem(ErrorCode.OUTPUT_EXISTS, "the item was not signed",
                            place + " exists and is not this item's bundle by key " + session.expected().key().id().hex(),
                            "look at it with chancery verify, and move it away"));
        }
        Digest name = nameOf(task, place);
        Bytes signature = unwritten.get(name);
        if (signature != null && path.verifies(session, task, signature)) {
            item.write(BundleCodec.write(task.bundle(session.keyMaterial(), signature)));
            return BatchOutcome.of(BatchOutcome.Kind.RECOVERED);
        }
        if (session.limitedUse() && uncertain.contains(name)) {
            return BatchOutcome.failed(new Problem(ErrorCode.SIGNATURE_UNCERTAIN, "the item was not signed again",
                    "an earlier run has asked the key for it, and how that ended is not known; each use of the key counts",
                    "look at the key's own count of uses; to sign it all the same, leave --limited-use out for this item"));
        }
        item.write(BundleCodec.write((session.limitedUse() ? askedOnce(task, name, place) : path.signItem(session, task, name, place)).bundle()));
        return BatchOutcome.of(BatchOutcome.Kind.SIGNED);
    }

    /// Signs with a key whose uses count: that it is asked is written down before, and that it certainly did not sign, after.
    private SignedBundle askedOnce(SigningTask task, Digest name, String place) throws ProblemException {
        path.attempt(session, name, SignatureAttempt.Progress.INTENDED);
        try {
            return path.signItem(session, task, name, place);
        } catch (KeyException.DeviceFailed | KeyException.DeadlineExceeded e) {
            throw e; // it may have signed
        } catch (KeyException e) {
            path.attempt(session, name, SignatureAttempt.Progress.NOT_MADE);
            throw e;
        }
    }

    /// Whether what stands at the place is, byte for byte, a bundle that this batch would have written for the task.
    private boolean isOf(SigningTask task, Bytes existing) {
        try {
            Bytes signature = switch (BundleCodec.read(existing).content()) {
                case SigstoreBundle.Content.MessageSignature message -> message.signature();
                case SigstoreBundle.Content.Dsse dsse -> dsse.envelope().signatures().size() == 1
                        ? dsse.envelope().signatures().getFirst().signature()
                        : Bytes.empty();
            };
            return existing.equals(BundleCodec.write(task.bundle(session.keyMaterial(), signature)))
                    && path.verifies(session, task, signature);
        } catch (FormatException e) {
            return false;
        }
    }

    /// Names an item by all that its bundle depends on, except the signature's own randomness.
    private Digest nameOf(SigningTask task, String place) {
        Bytes content = BundleCodec.write(task.bundle(session.keyMaterial(), Bytes.empty()));
        return HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("chancery batch item v1\n" + task.request().purpose().label() + "\n"
                + session.algorithm().cliName() + "\n" + session.expected().key().id().hex() + "\n" + place + "\n").concat(content));
    }
}
