package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.log.CompactRange;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.trust.TrustedRoot;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.note.CheckpointCodec;
import dev.chancery.formats.note.SignedNoteCodec;
import dev.chancery.formats.rekor.LogEntryBodyCodec;
import dev.chancery.ports.crypto.SignatureVerifier;
import dev.chancery.verification.VerificationResult.Reason;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/// Verifies what a log says about itself: that it has signed a checkpoint, that an entry is in its tree, that it only grew. Thread-safe.
public final class LogCheck {
    private final SignatureVerifier verifier;
    private final PreparedRoots roots;
    private final InclusionCheck inclusions;

    public LogCheck(VerificationCrypto crypto) {
        verifier = crypto.signatures();
        roots = new PreparedRoots(crypto.keys());
        inclusions = new InclusionCheck(crypto.signatures());
    }

    /// What was found about a checkpoint.
    public sealed interface HeadFinding {
        /// A log of the trusted root has signed it.
        record Sound(LogHead head) implements HeadFinding {}

        /// It is worth nothing.
        record Unsound(Reason reason) implements HeadFinding {}
    }

    /// Whether a log of a trusted root has signed a checkpoint. A checkpoint without a tree id is a Rekor v2 log's, and names its host.
    public HeadFinding head(String text, TrustedRoot root) {
        try {
            SignedNote note = SignedNoteCodec.read(text);
            Checkpoint checkpoint = CheckpointCodec.read(note);
            for (LogKey log : roots.prepare(root).logs()) {
                for (NoteSignature line : note.signatures()) {
                    if (isOf(checkpoint, log) && log.mayHaveSigned(line) && log.signed(note.signedBytes(), line.signature(), verifier)) {
                        return new HeadFinding.Sound(new LogHead(checkpoint, text, log.name(),
                                log.log().logId().isEmpty() ? log.log().checkpointKeyId() : log.log().logId()));
                    }
                }
            }
            return new HeadFinding.Unsound(new Reason(ErrorCode.CHECKPOINT_SIGNATURE_INVALID, "expected a checkpoint signed by a log of the trusted root, found "
                    + note.signatures().size() + " signatures, none of them by one"));
        } catch (FormatException e) {
            return new HeadFinding.Unsound(new Reason(e.problem().code(), e.problem().why()));
        }
    }

    private static boolean isOf(Checkpoint checkpoint, LogKey log) {
        return checkpoint.origin().contains(" - ") || checkpoint.origin().equals(host(log.log().baseUrl()));
    }

    private static String host(String url) {
        try {
            return Optional.ofNullable(URI.create(url).getHost()).orElse(url);
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    /// What is wrong with an entry's proof; nothing when the entry is in a tree whose head a log of the trusted root has signed.
    public Optional<Reason> entry(TransparencyLogEntry entry, TrustedRoot root) {
        try {
            LogKey log = roots.prepare(root).logs().stream().filter(known -> known.isNamed(entry.logId())).findFirst()
                    .orElseThrow(() -> Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_UNTRUSTED, "expected an entry of a trusted log, found one of log "
                            + entry.logId().toHex()));
            InclusionProof proof = entry.inclusionProof().orElseThrow(() -> Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_ENTRY_MALFORMED,
                    "expected a proof with the entry, found none"));
            inclusions.check(entry, proof, log, Requirements.NONE);
            return Optional.empty();
        } catch (Stop stop) {
            Finding finding = stop.findings().getFirst();
            return Optional.of(new Reason(finding.code().orElseThrow(), finding.message()));
        }
    }

    /// What is wrong with a log's growth; nothing when a later head's tree only added to an earlier one's.
    public Optional<Reason> growth(LogHead earlier, LogHead later, List<Bytes> proof) {
        Checkpoint first = earlier.checkpoint();
        Checkpoint second = later.checkpoint();
        if (!first.origin().equals(second.origin())) {
            return Optional.of(new Reason(ErrorCode.LOG_VIEW_INCONSISTENT, "expected a checkpoint of the log " + first.origin() + ", found one of "
                    + second.origin()));
        }
        if (!MerkleTree.isConsistent(first.treeSize(), first.rootHash(), second.treeSize(), second.rootHash(), proof)) {
            return Optional.of(new Reason(ErrorCode.LOG_VIEW_INCONSISTENT, "expected the tree of " + second.treeSize() + " entries to add to the one of "
                    + first.treeSize() + ", found that nothing proves it: the log has two histories"));
        }
        return Optional.empty();
    }

    /// What is wrong with hashes that a log gave for the tree of a head; nothing when they make up its root.
    public Optional<Reason> range(LogHead head, List<Bytes> hashes) {
        long size = head.checkpoint().treeSize();
        if (hashes.size() != Long.bitCount(size) || !CompactRange.of(size, hashes).root().equals(head.checkpoint().rootHash())) {
            return Optional.of(new Reason(ErrorCode.LOG_VIEW_INCONSISTENT, "expected hashes that make up the root of " + size
                    + " entries, found others: the log does not show what it signs"));
        }
        return Optional.empty();
    }

    /// What is wrong with entries that a log gave as its newest; nothing when they are all there is between two heads: with them the
    /// earlier tree becomes the later one, which also proves that it only grew.
    ///
    /// @param range of the later tree, grown from the earlier one by the entries
    public Optional<Reason> additions(LogHead later, CompactRange range) {
        if (range.size() != later.checkpoint().treeSize() || !range.root().equals(later.checkpoint().rootHash())) {
            return Optional.of(new Reason(ErrorCode.LOG_VIEW_INCONSISTENT, "expected the new entries to lead from the earlier tree to the one of "
                    + later.checkpoint().treeSize() + ", found that they don't: the log has two histories, or does not show what it signs"));
        }
        return Optional.empty();
    }
}
