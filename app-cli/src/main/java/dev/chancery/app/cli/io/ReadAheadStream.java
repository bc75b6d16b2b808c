package dev.chancery.app.cli.io;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A stream whose next pieces are read while the last ones are worked on: on two processors a long file is hashed in the time that the
/// hashing alone takes. Memory is bounded. For one thread at a time.
final class ReadAheadStream extends InputStream {
    /// Below so many bytes a thread costs more than it saves.
    static final long WORTH_IT = 8 << 20;

    private static final int PIECE = 1 << 18;
    private static final int PIECES = 4;

    private final InputStream in;
    private final BlockingQueue<Piece> ready = new ArrayBlockingQueue<>(PIECES);
    private final BlockingQueue<byte[]> empty = new ArrayBlockingQueue<>(PIECES);
    private final Thread reader;
    private Piece current = new Piece(new byte[0], 0, null);
    private int at;
    private boolean ended;

    /// @param in is closed with this one
    ReadAheadStream(InputStream in) {
        this.in = in;
        for (int i = 0; i < PIECES; i++) {
            empty.add(new byte[PIECE]);
        }
        this.reader = Thread.ofPlatform().daemon().name("chancery-read-ahead").start(this::readAll);
    }

    /// What was read: some bytes, or the end, or a failure.
    @SuppressWarnings("ArrayRecordComponent") // it never leaves this class
    private record Piece(byte[] content, int length, @Nullable IOException failure) {}

    private void readAll() {
        try {
            int length;
            do {
                byte[] buffer = empty.take();
                Piece piece = piece(buffer);
                length = piece.length();
                ready.put(piece);
            } while (length > 0);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed: nobody reads any further
        }
    }

    private Piece piece(byte[] buffer) {
        try {
            return new Piece(buffer, Math.max(0, in.read(buffer)), null);
        } catch (IOException e) {
            return new Piece(buffer, 0, e);
        }
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        java.util.Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (at == current.length() && !next()) {
            return -1;
        }
        int count = Math.min(length, current.length() - at);
        System.arraycopy(current.content(), at, target, offset, count);
        at += count;
        return count;
    }

    /// Hands the pieces on as they are, without copying them.
    @Override
    public long transferTo(OutputStream out) throws IOException {
        long count = 0;
        while (at < current.length() || next()) {
            out.write(current.content(), at, current.length() - at);
            count += current.length() - at;
            at = current.length();
        }
        return count;
    }

    /// Goes on to the next piece; false at the end.
    private boolean next() throws IOException {
        if (ended) {
            return false;
        }
        try {
            if (current.length() > 0) {
                empty.put(current.content());
            }
            current = ready.take();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted");
        }
        at = 0;
        ended = current.length() == 0;
        if (current.failure() != null) {
            throw current.failure();
        }
        return !ended;
    }

    /// Whether the thread behind it has ended, for which it waits so many milliseconds.
    boolean hasEndedWithin(long millis) throws InterruptedException {
        return reader.join(java.time.Duration.ofMillis(millis));
    }

    @Override
    public void close() throws IOException {
        ended = true;
        reader.interrupt();
        in.close();
        at = current.length();
    }
}
