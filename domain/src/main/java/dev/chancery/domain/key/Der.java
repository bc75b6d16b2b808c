package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;

/// Writes the few DER shapes that public keys and ECDSA signatures need (X.690 §8 and §10). It never reads DER.
final class Der {
    private Der() {}

    static Bytes sequence(Bytes... parts) {
        return tagged(0x30, join(parts));
    }

    static Bytes integer(BigInteger value) {
        return tagged(0x02, Bytes.copyOf(value.toByteArray()));
    }

    static Bytes bitString(Bytes content) {
        return tagged(0x03, Bytes.copyOf(new byte[] {0}).concat(content));
    }

    static Bytes octetString(Bytes content) {
        return tagged(0x04, content);
    }

    static Bytes nullValue() {
        return tagged(0x05, Bytes.empty());
    }

    /// An object identifier in dotted form.
    static Bytes oid(String dotted) {
        String[] arcs = dotted.split("\\.", -1);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        writeArc(out, Integer.parseInt(arcs[0]) * 40 + Integer.parseInt(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            writeArc(out, Integer.parseInt(arcs[i]));
        }
        return tagged(0x06, Bytes.copyOf(out.toByteArray()));
    }

    private static void writeArc(ByteArrayOutputStream out, int arc) {
        for (int shift = 28; shift > 0; shift -= 7) {
            if (arc >>> shift != 0) {
                out.write(0x80 | ((arc >>> shift) & 0x7f));
            }
        }
        out.write(arc & 0x7f);
    }

    private static Bytes join(Bytes... parts) {
        Bytes joined = Bytes.empty();
        for (Bytes part : parts) {
            joined = joined.concat(part);
        }
        return joined;
    }

    private static Bytes tagged(int tag, Bytes content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        int length = content.size();
        if (length < 0x80) {
            out.write(length);
        } else {
            int bytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            out.write(0x80 | bytes);
            for (int i = bytes - 1; i >= 0; i--) {
                out.write(length >>> (8 * i));
            }
        }
        return Bytes.copyOf(out.toByteArray()).concat(content);
    }
}
