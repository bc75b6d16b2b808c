package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// The hash chain.
final class Chain {
    /// The longest line that is read, in bytes.
    static final int MAX_LINE = 4 * 1024 * 1024;

    /// What the first line's hash follows.
    static final Digest START = new Digest(HashAlgorithm.SHA_256, Bytes.copyOf(new byte[32]));

    private static final int HASH_LENGTH = 64;

    private Chain() {}

    static Digest next(Digest previous, Bytes event) {
        return HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("chancery audit v1\n" + previous.hex() + "\n").concat(event));
    }

    static Bytes line(Digest hash, Bytes event) {
        return Bytes.ofUtf8(hash.hex() + " ").concat(event).concat(Bytes.ofUtf8("\n"));
    }

    /// Whether a line, without its LF, is the next one after a hash.
    static boolean follows(Digest previous, Bytes line) {
        return line.size() > HASH_LENGTH + 1
                && line.startsWith(Bytes.ofUtf8(next(previous, event(line)).hex() + " "));
    }

    static Bytes event(Bytes line) {
        return line.slice(HASH_LENGTH + 1, line.size());
    }
}
