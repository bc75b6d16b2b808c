package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log file while this process holds its lock, so that no other process appends at the same time.
final class LockedLogFile implements AutoCloseable {
    private static final int BLOCK = 1 << 14;
    private static final Set<OpenOption> EXISTING = Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    private static final Set<OpenOption> CREATED =
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

    private final FileChannel channel;
    private final FileLock lock;

    private LockedLogFile(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Where the whole lines end, and the chain there.
    record Tail(long end, Chain chain) {}

    /// A whole line that doesn't follow from the one before.
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    static LockedLogFile open(Path file) throws IOException {
        try {
            return locked(FileChannel.open(file, EXISTING), null);
        } catch (NoSuchFileException e) {
            return create(file);
        }
    }

    private static LockedLogFile create(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path folder = java.util.Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(posix, "rwx------"));
        }
        return locked(FileChannel.open(file, CREATED, attributes(posix, "rw-------")), posix ? folder : null);
    }

    /// @param newInOrNull the folder whose new entry has to be durable too
    private static LockedLogFile locked(FileChannel channel, @Nullable Path newInOrNull) throws IOException {
        try {
            FileLock lock = channel.lock();
            if (newInOrNull != null) {
                try (FileChannel directory = FileChannel.open(newInOrNull, StandardOpenOption.READ)) {
                    directory.force(true);
                }
            }
            return new LockedLogFile(channel, lock);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    private static FileAttribute<?>[] attributes(boolean posix, String permissions) {
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }

    /// The tail this process left, when nobody has written since; else what the last two lines say. Reads these two lines and no
    /// more: the cost of an append doesn't grow with the log, and `chancery audit verify` is what walks it.
    Tail tailAfter(@Nullable Tail last) throws IOException, BrokenException {
        return last != null && channel.size() == last.end() ? last : tail();
    }

    private Tail tail() throws IOException, BrokenException {
        long size = channel.size();
        long end = lineFeedBefore(size) + 1;
        if (end == 0) {
            return new Tail(0, Chain.START);
        }
        long start = lineFeedBefore(end - 1) + 1;
        LogLine line = read(start, end - 1);
        Chain before = start == 0 ? Chain.START : read(lineFeedBefore(start - 1) + 1, start - 1).claim();
        Chain chain = before.then(line.event());
        if (!chain.isOf(line)) {
            throw new BrokenException("its last line does not follow from the line before it");
        }
        return new Tail(end, chain);
    }

    /// Where the last LF before a position is; -1 when there is none.
    private long lineFeedBefore(long position) throws IOException, BrokenException {
        ByteBuffer block = ByteBuffer.allocate(BLOCK);
        for (long end = position; end > 0; end -= BLOCK) {
            if (position - end > Chain.MAX_LINE) {
                throw new BrokenException("a line is longer than " + Chain.MAX_LINE + " bytes");
            }
            long start = Math.max(0, end - BLOCK);
            fill(block.clear().limit((int) (end - start)), start);
            for (int i = block.limit() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i;
                }
            }
        }
        return -1;
    }

    private LogLine read(long start, long end) throws IOException, BrokenException {
        ByteBuffer line = ByteBuffer.allocate(Math.toIntExact(end - start));
        fill(line, start);
        return LogLine.parse(Bytes.copyOf(line.array())).orElseThrow(() -> new BrokenException("one of its last lines is not an entry"));
    }

    private void fill(ByteBuffer buffer, long position) throws IOException {
        long at = position;
        while (buffer.hasRemaining()) {
            int count = channel.read(buffer, at);
            if (count < 0) {
                throw new IOException("it became shorter while it was read");
            }
            at += count;
        }
    }

    /// Cuts off an interrupted append, writes, and flushes to the device.
    void append(Tail tail, Bytes lines, Tail after) throws IOException {
        if (channel.size() > tail.end()) {
            channel.truncate(tail.end());
        }
        ByteBuffer buffer = lines.byteBuffer();
        long position = tail.end();
        while (buffer.hasRemaining()) {
            position += channel.write(buffer, position);
        }
        channel.force(false); // the content and the length; when it was written last may be lost
        if (position != after.end()) {
            throw new IOException("wrote up to " + position + " instead of " + after.end());
        }
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            lock.release();
        }
    }
}
