package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Reads lines in bounded memory, and tells a whole line from a rest without its LF.
final class LineReader {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long restLength;

    LineReader(InputStream in) {
        this.in = in;
    }

    /// The next whole line without its LF; nothing at the end.
    ///
    /// @throws IOException when the stream fails or a line is longer than [Chain#MAX_LINE]
    Optional<Bytes> next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            if (at == filled) {
                filled = Math.max(0, in.read(buffer));
                at = 0;
                if (filled == 0) {
                    restLength = line.size();
                    return Optional.empty();
                }
            }
            int start = at;
            while (at < filled && buffer[at] != '\n') {
                at++;
            }
            line.write(buffer, start, at - start);
            if (line.size() > Chain.MAX_LINE) {
                throw new IOException("a line is longer than " + Chain.MAX_LINE + " bytes");
            }
            if (at < filled) {
                at++;
                return Optional.of(Bytes.copyOf(line.toByteArray()));
            }
        }
    }

    /// After the end: the bytes that followed the last LF.
    long restLength() {
        return restLength;
    }
}
