package dev.chancery.formats.note;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.Checkpoint;
import dev.chancery.domain.log.InclusionProof;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import java.util.List;

/// Reads and writes the text of checkpoints (C2SP tlog-checkpoint v1.0.0, *Note text*).
public final class CheckpointCodec {
    /// The most extension lines that are read.
    public static final int MAX_EXTENSIONS = 100;

    private static final int FIRST_EXTENSION = 3;

    private CheckpointCodec() {}

    /// Reads the checkpoint that is a note's text. No signature is looked at.
    ///
    /// @throws FormatException when it isn't one
    public static Checkpoint read(SignedNote note) throws FormatException {
        List<String> lines = List.of(note.text().substring(0, note.text().length() - 1).split("\n", -1));
        if (lines.size() < FIRST_EXTENSION) {
            throw FormatException.checkpointMalformed(lines.size(), "an origin, a tree size and a root hash, a line each",
                    lines.size() + (lines.size() == 1 ? " line" : " lines"));
        }
        if (lines.size() > FIRST_EXTENSION + MAX_EXTENSIONS) {
            throw FormatException.tooLarge("the checkpoint", "extension lines", lines.size() - FIRST_EXTENSION, MAX_EXTENSIONS);
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).isEmpty()) {
                throw FormatException.checkpointMalformed(i + 1, "no empty line", "one");
            }
        }
        Bytes rootHash = Base64Text.canonical(lines.get(2), "line 3");
        if (rootHash.size() != InclusionProof.HASH_LENGTH) {
            throw FormatException.digestLength("line 3", InclusionProof.HASH_LENGTH + " bytes for SHA2_256", Integer.toString(rootHash.size()));
        }
        return new Checkpoint(lines.getFirst(), treeSize(lines.get(1)), rootHash, lines.subList(FIRST_EXTENSION, lines.size()));
    }

    private static long treeSize(String text) throws FormatException {
        try {
            long size = Long.parseLong(text);
            if (size >= 0 && Long.toString(size).equals(text)) {
                return size;
            }
        } catch (NumberFormatException e) {
            // falls through to the one refusal
        }
        throw FormatException.checkpointMalformed(2, "a tree size in decimal, without leading zeros", FormatException.quoted(text));
    }

    /// Writes a checkpoint as the text that a note is to sign.
    ///
    /// @throws IllegalArgumentException when a line is empty or has a line break
    public static String write(Checkpoint checkpoint) {
        StringBuilder out = new StringBuilder();
        line(out, checkpoint.origin());
        line(out, Long.toString(checkpoint.treeSize()));
        line(out, checkpoint.rootHash().toBase64());
        checkpoint.extensions().forEach(extension -> line(out, extension));
        return out.toString();
    }

    private static void line(StringBuilder out, String text) {
        if (text.isEmpty() || text.indexOf('\n') >= 0) {
            throw new IllegalArgumentException("a checkpoint's line is not empty and is one line");
        }
        out.append(text).append('\n');
    }
}
