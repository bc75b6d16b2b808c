package dev.chancery.formats.cbor;

import dev.chancery.domain.bytes.Bytes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Reads CBOR from authenticators, which are not trusted: definite lengths in their shortest form, no key twice, no floats and no tags
/// (CTAP 2.1 §8). The order of keys is not held against anybody.
public final class CborReader {
    /// Of nesting. CTAP 2.1 §8 allows 4 in messages; attestation statements have one or two more.
    private static final int MAX_DEPTH = 8;

    private final Bytes input;
    private int at;

    private CborReader(Bytes input, int at) {
        this.input = input;
        this.at = at;
    }

    /// A value, and where the next byte after it is.
    public record Prefix(Cbor value, int end) {}

    /// Reads one value, with nothing after it.
    ///
    /// @throws CborException when it isn't one
    public static Cbor read(Bytes input) throws CborException {
        Prefix first = readFirst(input, 0);
        if (first.end() != input.size()) {
            throw new CborException("expected the end after " + first.end() + " bytes, found " + (input.size() - first.end()) + " more");
        }
        return first.value();
    }

    /// Reads a map, with nothing after it.
    ///
    /// @throws CborException when it isn't one
    public static Cbor.Map readMap(Bytes input) throws CborException {
        if (read(input) instanceof Cbor.Map map) {
            return map;
        }
        throw new CborException("expected a map, found another value");
    }

    /// Reads the value that begins at an index.
    ///
    /// @throws CborException when none does
    public static Prefix readFirst(Bytes input, int from) throws CborException {
        CborReader reader = new CborReader(input, from);
        Cbor value = reader.value(0);
        return new Prefix(value, reader.at);
    }

    private Cbor value(int depth) throws CborException {
        if (depth > MAX_DEPTH) {
            throw new CborException("expected at most " + MAX_DEPTH + " levels, found more");
        }
        int head = next();
        int major = head >> 5;
        if (major == 7) {
            return switch (head) {
                case 0xf4 -> new Cbor.Bool(false);
                case 0xf5 -> new Cbor.Bool(true);
                default -> throw new CborException("expected true or false, found the simple value or float " + Integer.toHexString(head));
            };
        }
        long argument = argument(head & 0x1f);
        return switch (major) {
            case 0 -> new Cbor.Int(argument);
            case 1 -> new Cbor.Int(-1 - argument);
            case 2 -> new Cbor.ByteString(take(argument));
            case 3 -> new Cbor.Text(take(argument).utf8().orElseThrow(() -> new CborException("expected UTF-8 in a text, found other bytes")));
            case 4 -> array(count(argument), depth);
            case 5 -> map(count(argument), depth);
            default -> throw new CborException("expected a value, found a tag");
        };
    }

    private Cbor array(int count, int depth) throws CborException {
        List<Cbor> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            elements.add(value(depth + 1));
        }
        return new Cbor.Array(elements);
    }

    private Cbor map(int count, int depth) throws CborException {
        Map<Cbor, Cbor> entries = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            Cbor key = value(depth + 1);
            if (!(key instanceof Cbor.Int || key instanceof Cbor.Text)) {
                throw new CborException("expected an integer or a text as key, found another value");
            }
            if (entries.put(key, value(depth + 1)) != null) {
                throw new CborException("expected each key once, found one twice");
            }
        }
        return new Cbor.Map(entries);
    }

    private long argument(int small) throws CborException {
        if (small < 24) {
            return small;
        }
        if (small > 27) {
            throw new CborException("expected a definite length, found another");
        }
        int more = 1 << small - 24;
        long argument = 0;
        for (int i = 0; i < more; i++) {
            argument = argument << 8 | next();
        }
        long least = more == 1 ? 24 : 1L << more * 4;
        if (argument < least) { // 8 bytes with the highest bit set too: no such number is used
            throw new CborException("expected the shortest form of a number, found one in " + more + " bytes");
        }
        return argument;
    }

    /// Each element has a byte at least, so that a false count reserves nothing.
    private int count(long argument) throws CborException {
        if (argument > input.size() - at) {
            throw new CborException("expected " + argument + " elements, found the end");
        }
        return (int) argument;
    }

    private Bytes take(long length) throws CborException {
        if (length > input.size() - at) {
            throw new CborException("expected " + length + " bytes, found " + (input.size() - at));
        }
        Bytes taken = input.slice(at, at + (int) length);
        at += (int) length;
        return taken;
    }

    private int next() throws CborException {
        if (at >= input.size()) {
            throw new CborException("expected a value, found the end");
        }
        return input.at(at++);
    }
}
