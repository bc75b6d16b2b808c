package dev.chancery.ports.audit;

import dev.chancery.domain.audit.AuditEvent;

/// An append-only record. Thread-safe; several processes may append to one log at a time.
public interface AuditLog extends AutoCloseable {
    /// Writes an event and blocks until it is on stable storage; appends under way at once share one flush (group commit).
    ///
    /// Nothing is retried: when it throws, the event may or may not be in the log, and what it was about isn't handed out.
    ///
    /// @throws AuditException when it isn't durable
    AuditReceipt append(AuditEvent event) throws AuditException;

    /// Reads the log from its beginning and checks every link of its chain. Blocks for as long as the log is long; memory is bounded.
    ///
    /// @param visitor is given each entry whose link holds, in order
    /// @throws AuditException when it can't be read; an altered log is a result, not an exception
    AuditReport verify(AuditVisitor visitor) throws AuditException;

    @Override
    void close() throws AuditException;
}
