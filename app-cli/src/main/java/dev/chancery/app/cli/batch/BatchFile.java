package dev.chancery.app.cli.batch;

import dev.chancery.app.cli.io.FileProblem;
import dev.chancery.app.cli.io.UserFiles;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.JsonFields;
import dev.chancery.formats.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/// The lines of a batch file, read one at a time. Empty lines are passed over; a line that isn't a JSON object is an item that says so.
public final class BatchFile implements Iterator<BatchLine>, AutoCloseable {
    /// The longest line, in bytes.
    public static final int MAX_LINE = 1 << 20;

    private final String name;
    private final long size;
    private final InputStream in;
    private final boolean owned;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long position;
    private long number;
    private @Nullable BatchLine next;

    private BatchFile(String name, long size, InputStream in, boolean owned) {
        this.name = name;
        this.size = size;
        this.in = in;
        this.owned = owned;
    }

    /// Opens a batch file.
    ///
    /// @param path or `-` for standard input
    /// @throws FileProblem when it can't be opened
    public static BatchFile open(String path, InputStream standardInput) throws FileProblem {
        return path.equals("-")
                ? new BatchFile("standard input", 0, standardInput, false)
                : new BatchFile(path, UserFiles.size(path), UserFiles.open(path), true);
    }

    /// The share of the file that lies before a position; 0 when the length isn't known.
    double fraction(long readTo) {
        return size == 0 ? 0 : (double) readTo / size;
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && (at < filled || fill())) {
                next = read();
            }
            return next != null;
        } catch (IOException e) {
            throw new UncheckedIOException("the batch " + name + " cannot be read further", e);
        }
    }

    @Override
    public BatchLine next() {
        if (!hasNext() || next == null) {
            throw new NoSuchElementException();
        }
        BatchLine line = next;
        next = null;
        return line;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(buffer));
        position += filled;
        return filled > 0;
    }

    private @Nullable BatchLine read() throws IOException {
        number++;
        ByteArrayOutputStream line = new ByteArrayOutputStream(256);
        boolean tooLong = false;
        boolean ended = false;
        do {
            int start = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            tooLong |= line.size() + at - start > MAX_LINE;
            if (!tooLong) {
                line.write(buffer, start, at - start);
            }
            if (at < filled) {
                at++;
                ended = true;
            }
        } while (!ended && fill());
        if (tooLong) {
            return unreadable(ErrorCode.TOO_LARGE, "it is longer than " + MAX_LINE + " bytes");
        }
        Bytes text = Bytes.copyOf(line.toByteArray());
        return isBlank(text) ? null : parse(text);
    }

    private BatchLine parse(Bytes text) {
        try {
            JsonFields fields = JsonFields.of(StrictJson.parse(text, MAX_LINE), "");
            @Nullable String id = fields.text("id").orElse(null);
            return new BatchLine(number, id, position - filled + at, fields, null);
        } catch (FormatException e) {
            return unreadable(e.problem().code(), e.problem().why());
        }
    }

    private BatchLine unreadable(ErrorCode code, String why) {
        return new BatchLine(number, null, position - filled + at, null, new Problem(code,
                "line " + number + " of " + name + " was not understood", why, "write one JSON object on each line"));
    }

    private static boolean isBlank(Bytes text) {
        for (int i = 0; i < text.size(); i++) {
            int octet = text.at(i);
            if (octet != ' ' && octet != '\t' && octet != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (owned) {
            UserFiles.closeQuietly(in);
        }
    }
}
