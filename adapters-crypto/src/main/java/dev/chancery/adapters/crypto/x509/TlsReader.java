package dev.chancery.adapters.crypto.x509;

import dev.chancery.adapters.crypto.der.DerException;
import dev.chancery.domain.bytes.Bytes;

/// Reads TLS presentation language (RFC 5246 §4), in order. Not thread-safe.
final class TlsReader {
    private final Bytes source;
    private int next;

    TlsReader(Bytes source) {
        this.source = source;
    }

    boolean hasMore() {
        return next < source.size();
    }

    int uint8() throws DerException {
        return (int) number(1);
    }

    /// A time in milliseconds; what doesn't fit a long is no time.
    long uint64() throws DerException {
        long value = number(8);
        if (value < 0) {
            throw new DerException("expected a time, found a number beyond 63 bits");
        }
        return value;
    }

    Bytes opaque16() throws DerException {
        return take((int) number(2));
    }

    Bytes take(int length) throws DerException {
        if (length > source.size() - next) {
            throw new DerException("expected " + length + " bytes, found " + (source.size() - next));
        }
        next += length;
        return source.slice(next - length, next);
    }

    void end() throws DerException {
        if (hasMore()) {
            throw new DerException("expected the end, found " + (source.size() - next) + " bytes more");
        }
    }

    private long number(int length) throws DerException {
        Bytes bytes = take(length);
        long value = 0;
        for (int i = 0; i < length; i++) {
            value = value << 8 | bytes.at(i);
        }
        return value;
    }
}
