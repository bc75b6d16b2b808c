package dev.chancery.adapters.crypto.der;

import dev.chancery.domain.bytes.Bytes;
import java.util.Optional;

/// Object identifiers (X.690 §8.19).
final class ObjectIdentifier {
    private static final int MAX_LENGTH = 64;
    private static final int ARC_BITS = 63;

    private ObjectIdentifier() {}

    /// The dotted form; nothing when an arc is cut off, padded or beyond 63 bits.
    static Optional<String> dotted(Bytes content) {
        if (content.isEmpty() || content.size() > MAX_LENGTH || content.at(content.size() - 1) >= 0x80) {
            return Optional.empty();
        }
        StringBuilder out = new StringBuilder(32);
        long arc = 0;
        boolean fresh = true;
        for (int i = 0; i < content.size(); i++) {
            int octet = content.at(i);
            if (fresh && octet == 0x80 || arc >>> (ARC_BITS - 7) != 0) {
                return Optional.empty();
            }
            arc = arc << 7 | octet & 0x7f;
            fresh = octet < 0x80;
            if (fresh) {
                append(out, arc);
                arc = 0;
            }
        }
        return Optional.of(out.toString());
    }

    private static void append(StringBuilder out, long arc) {
        if (out.isEmpty()) {
            long root = Math.min(arc / 40, 2);
            out.append(root).append('.').append(arc - 40 * root);
        } else {
            out.append('.').append(arc);
        }
    }
}
