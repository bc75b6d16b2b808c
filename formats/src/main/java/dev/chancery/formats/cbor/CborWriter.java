package dev.chancery.formats.cbor;

import dev.chancery.domain.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// Writes the canonical form of CTAP 2.1 §8: shortest lengths, and the keys of maps in order.
public final class CborWriter {
    /// Lesser major types first, then shorter keys, then the order of bytes; which is what the encoded keys are ordered by here.
    private static final Comparator<Bytes> KEY_ORDER = Comparator.comparingInt((Bytes key) -> key.at(0) >> 5)
            .thenComparingInt(Bytes::size)
            .thenComparing(Comparator.naturalOrder());

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    /// The canonical form of a value.
    public static Bytes write(Cbor value) {
        CborWriter writer = new CborWriter();
        writer.put(value);
        return Bytes.copyOf(writer.out.toByteArray());
    }

    private void put(Cbor value) {
        switch (value) {
            case Cbor.Int(long number) -> {
                if (number >= 0) {
                    head(0, number);
                } else {
                    head(1, -1 - number);
                }
            }
            case Cbor.ByteString(Bytes bytes) -> string(2, bytes);
            case Cbor.Text(String text) -> string(3, Bytes.ofUtf8(text));
            case Cbor.Array(List<Cbor> elements) -> {
                head(4, elements.size());
                elements.forEach(this::put);
            }
            case Cbor.Map(Map<Cbor, Cbor> entries) -> {
                head(5, entries.size());
                entries.entrySet().stream().map(entry -> Map.entry(write(entry.getKey()), entry.getValue()))
                        .sorted(Map.Entry.comparingByKey(KEY_ORDER))
                        .forEach(entry -> {
                            out.writeBytes(entry.getKey().toByteArray());
                            put(entry.getValue());
                        });
            }
            case Cbor.Bool(boolean truth) -> out.write(truth ? 0xf5 : 0xf4);
        }
    }

    private void string(int major, Bytes content) {
        head(major, content.size());
        out.writeBytes(content.toByteArray());
    }

    /// RFC 8949 §3: the argument in the fewest bytes.
    private void head(int major, long argument) {
        int more = argument < 24 ? 0 : argument < 0x100 ? 1 : argument < 0x1_0000 ? 2 : argument < 0x1_0000_0000L ? 4 : 8;
        int small = switch (more) {
            case 0 -> (int) argument;
            case 1 -> 24;
            case 2 -> 25;
            case 4 -> 26;
            default -> 27;
        };
        out.write(major << 5 | small);
        for (int shift = (more - 1) * 8; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
