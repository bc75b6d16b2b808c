package dev.chancery.ports.sigstore;

import dev.chancery.domain.log.TransparencyLogEntry;
import java.time.Duration;

/// A transparency log that takes entries (Rekor). Thread-safe.
public interface TransparencyLog {
    /// Has a signature logged. Blocks for at most the budget.
    ///
    /// After a request that was sent and not answered, the entry is looked for before it is sent again; an entry that is there already is
    /// a success.
    ///
    /// @return the log's entry, unverified
    /// @throws ServiceException when there is none; whether the log has it all the same isn't known
    TransparencyLogEntry append(LogProposal proposal, Duration budget) throws ServiceException;
}
