package dev.chancery.adapters.oci.layout;

import dev.chancery.domain.bytes.Bytes;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The regular files of a tar file (POSIX.1-1988 ustar; the long names and sizes of GNU tar and pax are read as far as layouts need
/// them). Only positions are kept; content is read where it lies.
final class TarFiles implements LayoutFiles {
    static final int BLOCK = 512;
    private static final int MOST_ENTRIES = 1_000_000;
    private static final int LONGEST_NAME = 4096;

    private final Path file;
    private final Map<String, Place> places;

    private TarFiles(Path file, Map<String, Place> places) {
        this.file = file;
        this.places = places;
    }

    private record Place(long offset, long size) {}

    /// Reads a tar file's headers.
    ///
    /// @throws IOException when it isn't one, or ends early
    static TarFiles open(Path file) throws IOException {
        Map<String, Place> places = new LinkedHashMap<>();
        long length = Files.size(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = 0;
            String longName = "";
            while (at + BLOCK <= length && places.size() <= MOST_ENTRIES) {
                Bytes header = Bytes.copyOf(read(channel, at, BLOCK));
                if (isEmpty(header)) {
                    return new TarFiles(file, places);
                }
                checkSum(header);
                long size = number(header, 124, 12);
                long content = at + BLOCK;
                if (size < 0 || size > length - content) {
                    throw new EOFException("the archive ends inside an entry");
                }
                char type = (char) header.at(156);
                if (type == 'L' || type == 'x') {
                    if (size > LONGEST_NAME) {
                        throw new IOException("a name is longer than " + LONGEST_NAME + " bytes");
                    }
                    longName = name(type, new String(read(channel, content, (int) size), StandardCharsets.UTF_8));
                } else {
                    if (type == '0' || type == 0) {
                        String name = longName.isEmpty() ? name(header) : longName;
                        places.putIfAbsent(name.startsWith("./") ? name.substring(2) : name, new Place(content, size));
                    }
                    longName = "";
                }
                at = content + (size + BLOCK - 1) / BLOCK * BLOCK;
            }
        }
        throw new EOFException("the archive has no end");
    }

    /// The `path` of a pax header (`LENGTH path=VALUE`), or GNU's long name.
    private static String name(char type, String text) {
        if (type == 'L') {
            return text.replaceAll("\u0000+$", "");
        }
        for (String line : text.split("\n", -1)) {
            int equals = line.indexOf(" path=");
            if (equals > 0) {
                return line.substring(equals + " path=".length());
            }
        }
        return "";
    }

    private static String name(Bytes header) throws IOException {
        String prefix = text(header, 345, 155);
        String name = text(header, 0, 100);
        boolean ustar = text(header, 257, 5).equals("ustar");
        return ustar && !prefix.isEmpty() ? prefix + "/" + name : name;
    }

    private static String text(Bytes header, int from, int length) throws IOException {
        int end = from;
        while (end < from + length && header.at(end) != 0) {
            end++;
        }
        return header.slice(from, end).utf8().orElseThrow(() -> new IOException("a name is not UTF-8"));
    }

    /// Octal digits; or big-endian binary with its first bit set, as GNU tar writes large sizes.
    private static long number(Bytes header, int from, int length) throws IOException {
        long value = 0;
        if (header.at(from) == 0x80) {
            for (int i = from + length - 8; i < from + length; i++) {
                value = value << 8 | header.at(i);
            }
            return value;
        }
        for (int i = from; i < from + length; i++) {
            int octet = header.at(i);
            if (octet >= '0' && octet <= '7') {
                value = value * 8 + octet - '0';
            } else if (octet != 0 && octet != ' ') {
                throw new IOException("it is not a tar file");
            }
        }
        return value;
    }

    private static void checkSum(Bytes header) throws IOException {
        long sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : header.at(i);
        }
        if (sum != number(header, 148, 8)) {
            throw new IOException("it is not an uncompressed tar file, or is damaged");
        }
    }

    private static boolean isEmpty(Bytes header) {
        for (int i = 0; i < BLOCK; i++) {
            if (header.at(i) != 0) {
                return false;
            }
        }
        return true;
    }

    private static byte[] read(FileChannel channel, long at, int length) throws IOException {
        java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, at + buffer.position()) < 0) {
                throw new EOFException("the archive ends early");
            }
        }
        return buffer.array();
    }

    Iterable<String> names() {
        return Collections.unmodifiableSet(places.keySet());
    }

    @Override
    public boolean exists(String name) {
        return places.containsKey(name);
    }

    @Override
    public Optional<InputStream> open(String name) throws IOException {
        Place place = places.get(name);
        if (place == null) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
        channel.position(place.offset());
        return Optional.of(new BufferedInputStream(new Part(Channels.newInputStream(channel), place.size()), 64 * 1024));
    }

    /// A part of a stream, which is closed with it.
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(buffer, offset, (int) Math.min(length, left));
            if (read < 0) {
                throw new EOFException("the archive ends early");
            }
            left -= read;
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
