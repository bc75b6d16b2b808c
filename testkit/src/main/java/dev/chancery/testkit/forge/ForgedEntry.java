package dev.chancery.testkit.forge;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.MerkleTree;
import dev.chancery.domain.log.TransparencyLogEntry;
import dev.chancery.domain.log.TransparencyLogEntry.KindVersion;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// A log entry in the making. The hooks come in the order in which things are made: body, checkpoint text, then the whole entry, which
/// is signed before the last hook. Not thread-safe.
public final class ForgedEntry {
    private static final long SHARDED_BY = 1_000;

    private final ForgedLog log;
    private ForgedKey signer;
    private KindVersion kind;
    private String body;
    private @Nullable Instant time;
    private int index = 4;
    private int size = 7;
    private UnaryOperator<String> checkpoint = UnaryOperator.identity();
    private UnaryOperator<TransparencyLogEntry> last = UnaryOperator.identity();
    private String cosignatures = "";

    ForgedEntry(ForgedLog log, KindVersion kind, String body) {
        this.log = log;
        this.kind = kind;
        this.body = body;
        this.signer = log.key();
        this.time = log.isSecond() ? null : ForgedCertificate.START.plusSeconds(4);
    }

    /// Signs as the log with another key.
    public ForgedEntry signedBy(ForgedKey other) {
        signer = other;
        return this;
    }

    /// Has the log take another body.
    public ForgedEntry body(UnaryOperator<String> change) {
        body = change.apply(body);
        return this;
    }

    /// Is of another kind.
    public ForgedEntry kind(String name, String version) {
        kind = new KindVersion(name, version);
        return this;
    }

    /// Has the log promise another time, or none.
    public ForgedEntry at(@Nullable Instant other) {
        time = other;
        return this;
    }

    /// Stands elsewhere in another tree.
    public ForgedEntry in(int otherIndex, int otherSize) {
        index = otherIndex;
        size = otherSize;
        return this;
    }

    /// Has the log sign another checkpoint.
    public ForgedEntry checkpoint(UnaryOperator<String> change) {
        checkpoint = change;
        return this;
    }

    /// Adds a witness's line to the checkpoint.
    public ForgedEntry cosigned(ForgedWitness witness) {
        cosignatures += witness.line(checkpointText());
        return this;
    }

    /// Changes the entry after all is signed.
    public ForgedEntry last(UnaryOperator<TransparencyLogEntry> change) {
        UnaryOperator<TransparencyLogEntry> before = last;
        last = entry -> change.apply(before.apply(entry));
        return this;
    }

    /// Changes the proof after all is signed.
    public ForgedEntry proof(UnaryOperator<InclusionProof> change) {
        return last(entry -> new TransparencyLogEntry(entry.logIndex(), entry.logId(), entry.kindVersion(), entry.integratedTimeOrNull(),
                entry.signedEntryTimestampOrNull(), change.apply(entry.inclusionProof().orElseThrow()), entry.canonicalizedBody()));
    }

    /// The entry.
    public TransparencyLogEntry make() {
        Bytes bytes = Bytes.ofUtf8(body);
        long logIndex = log.isSecond() ? index : index + SHARDED_BY;
        InclusionProof proof = new InclusionProof(index, MerkleTree.root(leaves()), size, MerkleTree.inclusionPath(index, leaves()), note());
        Bytes promise = time == null ? null : signer.sign(Bytes.ofUtf8("{\"body\":\"" + bytes.toBase64() + "\",\"integratedTime\":"
                + time.getEpochSecond() + ",\"logID\":\"" + log.id().toHex() + "\",\"logIndex\":" + logIndex + "}"));
        return last.apply(new TransparencyLogEntry(logIndex, log.id(), kind, time, promise, proof, bytes));
    }

    private List<Bytes> leaves() {
        List<Bytes> leaves = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            leaves.add(MerkleTree.leafHash(i == index ? Bytes.ofUtf8(body) : others(i)));
        }
        return leaves;
    }

    /// The body of an entry that is someone else's.
    static Bytes others(int index) {
        return Bytes.ofUtf8("someone else's entry " + index);
    }

    private String checkpointText() {
        return checkpoint.apply(log.origin() + "\n" + size + "\n" + MerkleTree.root(leaves()).toBase64() + "\n");
    }

    private String note() {
        String text = checkpointText();
        Bytes line = log.id().slice(0, 4).concat(signer.sign(Bytes.ofUtf8(text)));
        return text + "\n— " + ForgedLog.HOST + " " + line.toBase64() + "\n" + cosignatures;
    }
}
