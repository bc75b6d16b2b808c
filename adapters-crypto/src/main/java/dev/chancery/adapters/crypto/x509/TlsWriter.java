package dev.chancery.adapters.crypto.x509;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.List;

/// Writes TLS presentation language (RFC 5246 §4). Not thread-safe.
final class TlsWriter {
    private final List<Bytes> parts = new ArrayList<>();

    void uint8(int value) {
        number(value, 1);
    }

    void uint64(long value) {
        number(value, 8);
    }

    void opaque16(Bytes content) {
        number(content.size(), 2);
        parts.add(content);
    }

    void opaque24(Bytes content) {
        number(content.size(), 3);
        parts.add(content);
    }

    void raw(Bytes content) {
        parts.add(content);
    }

    Bytes bytes() {
        return Bytes.concat(parts);
    }

    private void number(long value, int length) {
        byte[] out = new byte[length];
        for (int i = 0; i < length; i++) {
            out[i] = (byte) (value >>> (8 * (length - 1 - i)));
        }
        parts.add(Bytes.copyOf(out));
    }
}
