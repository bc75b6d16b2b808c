package dev.chancery.adapters.crypto.der;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The values inside a constructed one, taken in order. Not thread-safe.
public final class DerSequence {
    private final Bytes source;
    private final int limit;
    private int next;

    DerSequence(Bytes source, int start, int limit) {
        this.source = source;
        this.next = start;
        this.limit = limit;
    }

    /// Whether another value follows.
    public boolean hasNext() {
        return next < limit;
    }

    /// Takes the next value.
    ///
    /// @param what it is called in its standard
    /// @throws DerException when there is none, or it is damaged
    public DerValue next(String what) throws DerException {
        if (!hasNext()) {
            throw new DerException("expected " + what + ", found the end");
        }
        DerValue value = DerValue.at(source, next, limit);
        next += value.encodedLength();
        return value;
    }

    /// Takes the next value when it has the tag.
    ///
    /// @throws DerException when it is damaged
    public Optional<DerValue> nextIf(int tag) throws DerException {
        if (!hasNext() || source.at(next) != tag) {
            return Optional.empty();
        }
        return Optional.of(next("a value"));
    }

    /// Takes all that follow.
    ///
    /// @throws DerException when one is damaged
    public List<DerValue> rest() throws DerException {
        List<DerValue> values = new ArrayList<>();
        while (hasNext()) {
            values.add(next("a value"));
        }
        return values;
    }

    /// Refuses what follows.
    ///
    /// @throws DerException when something does
    public void end(String what) throws DerException {
        if (hasNext()) {
            throw new DerException("expected the end of " + what + ", found " + (limit - next) + " bytes more");
        }
    }
}
