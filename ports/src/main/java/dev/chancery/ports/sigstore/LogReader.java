package dev.chancery.ports.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.TransparencyLogEntry;
import java.time.Duration;
import java.util.List;

/// A transparency log that is read: what it says is well-formed and unverified. Thread-safe; every call blocks for at most the budget.
public interface LogReader {
    /// The log's newest signed tree head, as text (C2SP tlog-checkpoint).
    ///
    /// @throws ServiceException when there is none
    String checkpoint(Duration budget) throws ServiceException;

    /// An entry with the proof that it is in a tree whose head the log has signed.
    ///
    /// @param index from 0
    /// @param logId by which the entry names the log, where its form in the log doesn't
    /// @throws ServiceException.NotFound when the log has no such entry, or does not show it yet
    /// @throws ServiceException when there is no answer
    TransparencyLogEntry entry(long index, Bytes logId, Duration budget) throws ServiceException;

    /// The hashes of the largest whole subtrees of the log's first leaves, from the left: one for each bit of their number.
    ///
    /// @param size how many leaves
    /// @throws ServiceException when there is no answer
    List<Bytes> range(long size, Duration budget) throws ServiceException;

    /// The bodies of entries, in order: what the leaves of the tree are hashes of.
    ///
    /// @param from the first index, in the tree
    /// @param to the index after the last; at most [#MOST_AT_ONCE] more, and not beyond the tree of the checkpoint
    /// @param treeSize the size of the tree that is looked at
    /// @throws ServiceException when there is no answer
    List<Bytes> bodies(long from, long to, long treeSize, Duration budget) throws ServiceException;

    /// The most entries of one call.
    int MOST_AT_ONCE = 1024;

    /// The proof that the log only grew from one size to another (RFC 9162 §2.1.4.1).
    ///
    /// @throws ServiceException when there is none
    List<Bytes> consistency(long firstSize, long secondSize, Duration budget) throws ServiceException;

    /// The places of entries that a log's index knows for a digest, an e-mail address or a key.
    ///
    /// @throws ServiceException.Refused when the log has no index: those of version 2
    /// @throws ServiceException when there is no answer
    List<TransparencyLogEntry> search(LogQuery query, Duration budget) throws ServiceException;
}
