package dev.chancery.formats.note;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.SignedNote;
import dev.chancery.domain.log.SignedNote.NoteSignature;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import java.util.ArrayList;
import java.util.List;

/// Reads and writes signed notes (C2SP signed-note v1.0.0, *Format*).
public final class SignedNoteCodec {
    /// The longest note that is read, in bytes: room for 100 signatures of the largest algorithms.
    public static final int MAX_LENGTH = 1024 * 1024;

    private static final String DASH = "— ";

    private SignedNoteCodec() {}

    /// Reads a note from its UTF-8 bytes.
    ///
    /// @throws FormatException when it isn't one, or is over a limit
    public static SignedNote read(Bytes note) throws FormatException {
        if (note.size() > MAX_LENGTH) {
            throw FormatException.tooLarge("", "bytes", note.size(), MAX_LENGTH);
        }
        return read(note.utf8().orElseThrow(() -> FormatException.notUtf8("bytes that are no UTF-8")));
    }

    /// Reads a note from its text.
    ///
    /// @throws FormatException when it isn't one, or is over a limit
    public static SignedNote read(String note) throws FormatException {
        if (note.length() > MAX_LENGTH) {
            throw FormatException.tooLarge("", "characters", note.length(), MAX_LENGTH);
        }
        refuseControls(note);
        int split = note.lastIndexOf("\n\n");
        if (split < 0) {
            throw FormatException.noteMalformed(1, "an empty line between the text and its signatures", "none");
        }
        String text = note.substring(0, split + 1);
        int firstLine = 3 + (int) text.chars().filter(c -> c == '\n').count() - 1;
        return new SignedNote(text, signatures(note.substring(split + 2), firstLine));
    }

    private static void refuseControls(String note) throws FormatException {
        int line = 1;
        for (int i = 0; i < note.length(); i++) {
            char c = note.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c < 0x20 || Character.isSurrogate(c) && !isPaired(note, i)) {
                throw FormatException.noteMalformed(line, "no control characters", String.format("U+%04X", (int) c));
            }
        }
    }

    private static boolean isPaired(String text, int i) {
        return Character.isHighSurrogate(text.charAt(i))
                ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
                : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
    }

    private static List<NoteSignature> signatures(String lines, int firstLine) throws FormatException {
        if (!lines.endsWith("\n")) {
            throw FormatException.noteMalformed(firstLine, "signature lines that end with a line break",
                    lines.isEmpty() ? "none" : "no line break at the end");
        }
        List<NoteSignature> signatures = new ArrayList<>();
        for (int start = 0; start < lines.length(); ) {
            if (signatures.size() == SignedNote.MAX_SIGNATURES) {
                throw FormatException.tooLarge("the note", "signatures", SignedNote.MAX_SIGNATURES + 1L, SignedNote.MAX_SIGNATURES);
            }
            int end = lines.indexOf('\n', start);
            signatures.add(signature(lines.substring(start, end), firstLine + signatures.size()));
            start = end + 1;
        }
        return signatures;
    }

    private static NoteSignature signature(String line, int number) throws FormatException {
        int space = line.startsWith(DASH) ? line.indexOf(' ', DASH.length()) : -1;
        if (space < 0) {
            throw FormatException.noteMalformed(number, "a dash (U+2014), a key name and a signature", FormatException.quoted(line));
        }
        String keyName = line.substring(DASH.length(), space);
        if (!isKeyName(keyName)) {
            throw FormatException.noteMalformed(number, "a key name without spaces and plus signs", FormatException.quoted(keyName));
        }
        Bytes bytes = Base64Text.canonical(line.substring(space + 1), "line " + number);
        if (bytes.size() <= NoteSignature.KEY_ID_LENGTH) {
            throw FormatException.noteMalformed(number, "a key id of " + NoteSignature.KEY_ID_LENGTH + " bytes and a signature",
                    bytes.size() + " bytes");
        }
        return new NoteSignature(keyName, bytes.slice(0, NoteSignature.KEY_ID_LENGTH),
                bytes.slice(NoteSignature.KEY_ID_LENGTH, bytes.size()));
    }

    private static boolean isKeyName(String name) {
        return !name.isEmpty() && name.indexOf('+') < 0
                && name.codePoints().noneMatch(c -> Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
    }

    /// Writes a note.
    ///
    /// @throws IllegalArgumentException when a key name is none, or the text has control characters or an empty line where the
    ///     signatures would be looked for
    public static String write(SignedNote note) {
        StringBuilder out = new StringBuilder(note.text()).append('\n');
        for (NoteSignature signature : note.signatures()) {
            out.append(DASH).append(signature.keyName()).append(' ')
                    .append(signature.keyId().concat(signature.signature()).toBase64()).append('\n');
        }
        String written = out.toString();
        try {
            if (read(written).equals(note)) {
                return written;
            }
        } catch (FormatException e) {
            throw new IllegalArgumentException("the note has no text form", e);
        }
        throw new IllegalArgumentException("the note's text form would be read as another note");
    }
}
