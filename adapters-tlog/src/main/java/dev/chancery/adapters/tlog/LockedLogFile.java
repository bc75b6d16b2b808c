package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The log file while this process holds its lock, so that no other process appends at the same time.
final class LockedLogFile implements AutoCloseable {
    private final FileChannel channel;
    private final FileLock lock;

    private LockedLogFile(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    /// Where the whole lines end, how many there are, and the hash of the last.
    record Tail(long end, long entries, Digest head) {}

    /// A whole line that doesn't follow from the one before.
    static final class BrokenException extends Exception {
        private static final long serialVersionUID = 1;

        BrokenException(String message) {
            super(message);
        }
    }

    static LockedLogFile open(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        Path folder = java.util.Objects.requireNonNull(file.getParent());
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, attributes(posix, "rwx------"));
        }
        boolean isNew = !Files.exists(file, LinkOption.NOFOLLOW_LINKS);
        FileChannel channel = FileChannel.open(file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS),
                attributes(posix, "rw-------"));
        try {
            FileLock lock = channel.lock();
            if (isNew && posix) {
                try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
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

    /// The tail this process left, when nobody has written since; else that of a walk through the file.
    Tail tailAfter(@Nullable Tail last) throws IOException, BrokenException {
        return last != null && channel.size() == last.end() ? last : tail();
    }

    /// Walks the whole file. The cost grows with the log.
    @SuppressWarnings("resource") // closing the stream would close the channel and with it the lock
    private Tail tail() throws IOException, BrokenException {
        channel.position(0);
        InputStream in = Channels.newInputStream(channel);
        LineReader reader = new LineReader(in);
        Digest head = Chain.START;
        long end = 0;
        long entries = 0;
        for (Optional<Bytes> line = reader.next(); line.isPresent(); line = reader.next()) {
            if (!Chain.follows(head, line.get())) {
                throw new BrokenException("line " + (entries + 1) + " does not follow from the line before it");
            }
            head = Chain.next(head, Chain.event(line.get()));
            end += line.get().size() + 1;
            entries++;
        }
        return new Tail(end, entries, head);
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
        channel.force(true);
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
