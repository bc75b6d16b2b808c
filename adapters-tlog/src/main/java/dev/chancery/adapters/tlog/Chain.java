package dev.chancery.adapters.tlog;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;

/// The state of the hash chain after an entry: what the next line must follow from.
///
/// @param entries how many there are
/// @param hash of the last one
record Chain(long entries, Digest hash) {
    /// The longest line that is read, in bytes.
    static final int MAX_LINE = 4 * 1024 * 1024;

    /// Before the first line.
    static final Chain START = new Chain(0, new Digest(HashAlgorithm.SHA_256, Bytes.copyOf(new byte[32])));

    /// The chain one entry on.
    Chain then(Bytes event) {
        return new Chain(entries + 1,
                HashAlgorithm.SHA_256.digest(Bytes.ofUtf8("chancery audit v1\n" + entries + "\n" + hash.hex() + "\n").concat(event)));
    }

    /// The line, with its LF, whose entry led to this state.
    Bytes line(Bytes event) {
        return Bytes.ofUtf8(head()).concat(event).concat(Bytes.ofUtf8("\n"));
    }

    /// Whether a line, without its LF, led to this state.
    boolean isOf(LogLine line) {
        return line.index() == entries - 1 && line.hash().equals(hash.hex());
    }

    private String head() {
        return (entries - 1) + " " + hash.hex() + " ";
    }
}
