package dev.chancery.adapters.crypto.der;

import dev.chancery.domain.bytes.Bytes;
import java.util.List;

/// Writes DER values.
public final class DerWriter {
    private DerWriter() {}

    /// A value with the tag and the contents, one after the other.
    public static Bytes tagged(int tag, List<Bytes> contents) {
        Bytes content = Bytes.concat(contents);
        return header(tag, content.size()).concat(content);
    }

    private static Bytes header(int tag, int length) {
        if (length < 0x80) {
            return Bytes.copyOf(new byte[] {(byte) tag, (byte) length});
        }
        int count = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
        byte[] header = new byte[2 + count];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | count);
        for (int i = 0; i < count; i++) {
            header[2 + i] = (byte) (length >>> (8 * (count - 1 - i)));
        }
        return Bytes.copyOf(header);
    }
}
