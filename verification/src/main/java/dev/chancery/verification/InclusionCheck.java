package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.note.CheckpointCodec;
import dev.chancery.formats.note.SignedNoteCodec;
import dev.chancery.formats.rekor.LogEntryBodyCodec;
import dev.chancery.ports.crypto.SignatureVerifier;
import java.net.URI;
import java.util.Optional;

/// Verifies that an entry is in the tree whose head the log has signed (RFC 9162 §2.1.3.2; C2SP tlog-checkpoint).
final class InclusionCheck {
    private final SignatureVerifier verifier;
    private final CosignatureCheck cosignatures;

    InclusionCheck(SignatureVerifier verifier) {
        this.verifier = verifier;
        this.cosignatures = new CosignatureCheck(verifier);
    }

    void check(TransparencyLogEntry entry, InclusionProof proof, LogKey log, Requirements requirements) throws Stop {
        boolean secondVersion = entry.kindVersion().equals(LogEntryBodyCodec.HASHED_REKORD_V2);
        if (secondVersion && entry.logIndex() != proof.logIndex()) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.LOG_INDEX_MISMATCH, "expected the entry's index to be its proof's, since a Rekor v2 log is one tree ("
                    + proof.logIndex() + "), found " + entry.logIndex());
        }
        Optional<Bytes> root = MerkleTree.rootFromInclusion(proof.logIndex(), proof.treeSize(),
                MerkleTree.leafHash(entry.canonicalizedBody()), proof.hashes());
        if (root.isEmpty()) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.INCLUSION_PROOF_INVALID, "expected a proof for leaf " + proof.logIndex() + " of "
                    + proof.treeSize() + ", found " + proof.hashes().size() + " hashes, which none such has");
        }
        if (!root.get().equals(proof.rootHash())) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.INCLUSION_PROOF_INVALID, "expected a proof that leads from the entry to the root "
                    + proof.rootHash().toHex() + ", found one that leads to " + root.get().toHex());
        }
        SignedNote note = note(proof);
        checkHead(note, proof, log, secondVersion);
        checkSigned(note, log);
        cosignatures.check(note, requirements);
    }

    private static SignedNote note(InclusionProof proof) throws Stop {
        String checkpoint = proof.checkpoint().orElseThrow(() -> Stop.rejected(Step.TRANSPARENCY, ErrorCode.CHECKPOINT_MISMATCH,
                "expected a checkpoint with the proof, found none"));
        try {
            return SignedNoteCodec.read(checkpoint);
        } catch (FormatException e) {
            throw malformed(e);
        }
    }

    private static void checkHead(SignedNote note, InclusionProof proof, LogKey log, boolean secondVersion) throws Stop {
        Checkpoint head;
        try {
            head = CheckpointCodec.read(note);
        } catch (FormatException e) {
            throw malformed(e);
        }
        if (head.treeSize() != proof.treeSize() || !head.rootHash().equals(proof.rootHash())) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.CHECKPOINT_MISMATCH, "expected a checkpoint of the proof's tree (" + proof.treeSize()
                    + " leaves, root " + proof.rootHash().toHex() + "), found one of " + head.treeSize() + " leaves, root " + head.rootHash().toHex());
        }
        // A Rekor v2 log is named by the host of its address (rekor-tiles; sigstore-go); v1 adds a tree id that no trusted root has.
        if (secondVersion && !head.origin().equals(host(log.log().baseUrl()))) {
            throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.CHECKPOINT_MISMATCH, "expected a checkpoint of the log " + host(log.log().baseUrl())
                    + ", found one of " + head.origin());
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? url : host;
        } catch (IllegalArgumentException e) {
            return url;
        }
    }

    private void checkSigned(SignedNote note, LogKey log) throws Stop {
        for (NoteSignature line : note.signatures()) {
            if (log.mayHaveSigned(line) && log.signed(note.signedBytes(), line.signature(), verifier)) {
                return;
            }
        }
        throw Stop.rejected(Step.TRANSPARENCY, ErrorCode.CHECKPOINT_SIGNATURE_INVALID, "expected a checkpoint signed by " + log.name()
                + ", found " + note.signatures().size() + " signatures, none of them by it");
    }

    private static Stop malformed(FormatException e) {
        return Stop.rejected(Step.TRANSPARENCY, ErrorCode.CHECKPOINT_MISMATCH, "expected a checkpoint, found " + e.problem().code().code() + ": "
                + e.problem().why());
    }
}
