package dev.chancery.verification;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.Checkpoint;

/// A checkpoint that a log of a trusted root has signed: only [LogCheck] makes one.
public final class LogHead {
    private final Checkpoint checkpoint;
    private final String note;
    private final String log;
    private final Bytes logId;

    LogHead(Checkpoint checkpoint, String note, String log, Bytes logId) {
        this.checkpoint = checkpoint;
        this.note = note;
        this.log = log;
        this.logId = logId;
    }

    /// By which entries name the log.
    public Bytes logId() {
        return logId;
    }

    /// What the log says of its tree.
    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /// The checkpoint as it was signed.
    public String note() {
        return note;
    }

    /// The log, as the trusted root has it.
    public String log() {
        return log;
    }
}
