package dev.chancery.domain.bytes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// Immutable bytes. Arrays are copied on the way in and on the way out, so a value never changes after it was made.
///
/// Not for secrets: those live in [dev.chancery.domain.secret.Pin] or inside an adapter, which zeroes them.
public final class Bytes implements Comparable<Bytes> {
    private static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] value;

    private Bytes(byte[] value) {
        this.value = value;
    }

    private static final int SMALL = 4096;
    private static final int PIECE = 1 << 16;

    /// No bytes.
    public static Bytes empty() {
        return EMPTY;
    }

    /// A copy of the array.
    public static Bytes copyOf(byte[] source) {
        return source.length == 0 ? EMPTY : new Bytes(source.clone());
    }

    /// A copy of a part of the array.
    ///
    /// @throws IndexOutOfBoundsException when the range is not inside the array
    public static Bytes copyOf(byte[] source, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, source.length);
        return length == 0 ? EMPTY : new Bytes(Arrays.copyOfRange(source, offset, offset + length));
    }

    /// The UTF-8 encoding of a text.
    ///
    /// @throws IllegalArgumentException when the text has an unpaired surrogate, which UTF-8 cannot say
    public static Bytes ofUtf8(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8); // which puts ? for an unpaired surrogate
        if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
            throw new IllegalArgumentException("text with an unpaired surrogate has no UTF-8 form");
        }
        return bytes.length == 0 ? EMPTY : new Bytes(bytes);
    }

    /// The bytes that a hexadecimal text names, in either case, without separators.
    ///
    /// @throws IllegalArgumentException when it isn't hexadecimal or has an odd length
    public static Bytes fromHex(String hex) {
        return new Bytes(HexFormat.of().parseHex(hex));
    }

    /// The bytes that a base64 text names: RFC 4648 §4, padded, no line breaks, unused bits zero.
    ///
    /// @throws IllegalArgumentException when the text is anything else
    public static Bytes fromBase64(String base64) {
        byte[] decoded = Base64.getDecoder().decode(base64);
        int lastGroup = decoded.length == 0 ? 0 : (decoded.length - 1) / 3 * 3;
        String end = Base64.getEncoder().encodeToString(Arrays.copyOfRange(decoded, lastGroup, decoded.length));
        if (base64.length() != lastGroup / 3 * 4 + end.length() || !base64.endsWith(end)) {
            throw new IllegalArgumentException("not canonical base64 (RFC 4648 §3.5)");
        }
        return decoded.length == 0 ? EMPTY : new Bytes(decoded);
    }

    /// All of a stream, when it is no longer than the limit. Blocks until the stream ends.
    ///
    /// @param limit in bytes
    /// @return nothing when the stream goes on past the limit
    /// @throws IOException when the stream fails
    public static Optional<Bytes> readUpTo(InputStream in, int limit) throws IOException {
        byte[] read = new byte[Math.min(limit, SMALL)];
        int length = 0;
        while (true) {
            // A piece at a time: channels copy what is read through native memory of the same size.
            int got = length == read.length ? 0 : in.read(read, length, Math.min(PIECE, read.length - length));
            if (got < 0) {
                return Optional.of(new Bytes(length == read.length ? read : Arrays.copyOf(read, length)));
            }
            length += got;
            if (length == read.length) {
                int next = in.read();
                if (next < 0) {
                    return Optional.of(new Bytes(read));
                }
                if (length == limit) {
                    return Optional.empty();
                }
                read = Arrays.copyOf(read, (int) Math.min(limit, Math.max(2L * length, 1L + length + in.available())));
                read[length++] = (byte) next;
            }
        }
    }

    /// The number of bytes.
    public int size() {
        return value.length;
    }

    /// Whether there are none.
    public boolean isEmpty() {
        return value.length == 0;
    }

    /// The byte at an index, as a number from 0 to 255.
    ///
    /// @throws IndexOutOfBoundsException outside `0 .. size()-1`
    public int at(int index) {
        return value[index] & 0xff;
    }

    /// The bytes from one index up to, without, another.
    ///
    /// @throws IndexOutOfBoundsException when the range is not inside
    public Bytes slice(int from, int to) {
        Objects.checkFromToIndex(from, to, value.length);
        return copyOf(value, from, to - from);
    }

    /// All of them, one after the other.
    ///
    /// @throws IllegalArgumentException when they are longer together than an array can be
    public static Bytes concat(List<Bytes> parts) {
        long size = 0;
        for (Bytes part : parts) {
            size += part.size();
        }
        if (size > Integer.MAX_VALUE - 8) {
            throw new IllegalArgumentException("the parts are too long together");
        }
        byte[] all = new byte[(int) size];
        int at = 0;
        for (Bytes part : parts) {
            System.arraycopy(part.value, 0, all, at, part.value.length);
            at += part.value.length;
        }
        return new Bytes(all);
    }

    /// These bytes, then those.
    public Bytes concat(Bytes other) {
        byte[] joined = Arrays.copyOf(value, value.length + other.value.length);
        System.arraycopy(other.value, 0, joined, value.length, other.value.length);
        return new Bytes(joined);
    }

    /// Whether these bytes begin with those.
    public boolean startsWith(Bytes prefix) {
        return value.length >= prefix.value.length
                && Arrays.equals(value, 0, prefix.value.length, prefix.value, 0, prefix.value.length);
    }

    /// Feeds these bytes to a hash, without a copy.
    public void updateTo(MessageDigest hash) {
        hash.update(value);
    }

    /// Writes these bytes to a stream.
    ///
    /// @throws IOException when the stream fails
    public void writeTo(OutputStream out) throws IOException {
        out.write(value);
    }

    /// These bytes as a stream.
    public InputStream inputStream() {
        return new ByteArrayInputStream(value);
    }

    /// These bytes as a read-only buffer.
    public ByteBuffer byteBuffer() {
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    /// A copy as an array.
    public byte[] toByteArray() {
        return value.clone();
    }

    /// Lower-case hexadecimal.
    public String toHex() {
        return HexFormat.of().formatHex(value);
    }

    /// Base64, RFC 4648 §4, padded.
    public String toBase64() {
        return Base64.getEncoder().encodeToString(value);
    }

    /// The text these bytes are the UTF-8 form of; nothing when they are not valid UTF-8.
    public Optional<String> utf8() {
        return isUtf8() ? Optional.of(new String(value, StandardCharsets.UTF_8)) : Optional.empty();
    }

    /// The text that a part of these bytes is the UTF-8 form of, when all of them are UTF-8 and no character is cut in two: what isn't gives
    /// replacement characters.
    ///
    /// @throws IndexOutOfBoundsException when the range is not inside
    public String utf8(int from, int to) {
        Objects.checkFromToIndex(from, to, value.length);
        return new String(value, from, to - from, StandardCharsets.UTF_8);
    }

    /// Whether all bytes are ASCII, so that each is a character.
    public boolean isAscii() {
        return firstBeyondAscii() == value.length;
    }

    private int firstBeyondAscii() {
        for (int i = 0; i < value.length; i++) {
            if (value[i] < 0) {
                return i;
            }
        }
        return value.length;
    }

    /// Whether these bytes are valid UTF-8 (RFC 3629 §4), told without making the text.
    public boolean isUtf8() {
        int i = firstBeyondAscii();
        while (i < value.length) {
            if (value[i] >= 0) {
                i++;
                continue;
            }
            int length = sequenceAt(i);
            if (length == 0) {
                return false;
            }
            i += length;
        }
        return true;
    }

    /// The length of the well-formed sequence that begins with a byte beyond ASCII (Unicode 17 §3.9, table 3-7); 0 when there is none.
    private int sequenceAt(int index) {
        int first = value[index] & 0xff;
        int length = first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : first < 0xf5 ? 4 : 0;
        if (length == 0 || index + length > value.length) {
            return 0;
        }
        int second = value[index + 1] & 0xff;
        int least = first == 0xe0 ? 0xa0 : first == 0xf0 ? 0x90 : 0x80;
        int most = first == 0xed ? 0x9f : first == 0xf4 ? 0x8f : 0xbf;
        if (second < least || second > most) {
            return 0;
        }
        for (int i = index + 2; i < index + length; i++) {
            if ((value[i] & 0xc0) != 0x80) {
                return 0;
            }
        }
        return length;
    }

    /// Unsigned lexicographic order.
    @Override
    public int compareTo(Bytes other) {
        return Arrays.compareUnsigned(value, other.value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes that && MessageDigest.isEqual(value, that.value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    /// Length and the first eight bytes: enough to tell values apart in a failing test.
    @Override
    public String toString() {
        return "Bytes[" + value.length + ": "
                + HexFormat.of().formatHex(value, 0, Math.min(8, value.length)) + (value.length > 8 ? "…]" : "]");
    }
}
