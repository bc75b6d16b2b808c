package dev.chancery.domain.tuf;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import java.util.List;
import java.util.OptionalLong;

/// What metadata says of another file.
///
/// @param version of metadata; 0 for a target
/// @param length in bytes, when it is said
/// @param digests those by algorithms that are known here; perhaps none
public record TufFile(long version, OptionalLong length, List<Digest> digests) {
    public TufFile {
        digests = List.copyOf(digests);
    }

    /// Whether some bytes are the file, as far as length and digests are said.
    public boolean is(Bytes content) {
        return (length.isEmpty() || length.getAsLong() == content.size())
                && digests.stream().allMatch(digest -> digest.algorithm().digest(content).equals(digest));
    }
}
