package dev.chancery.ports.audit;

import dev.chancery.domain.audit.AuditEvent;

/// Is shown the entries of a log, one after another.
@FunctionalInterface
public interface AuditVisitor {
    /// Is called once for each entry.
    ///
    /// @param index from 0
    void visit(long index, AuditEvent event);
}
