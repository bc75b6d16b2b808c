package dev.chancery.formats;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.error.ProblemException;

/// A document that isn't what it should be. The problem's *why* names the place (a path such as
/// `verificationMaterial.publicKey.hint`, or a line and column), what was expected there and what was found.
public final class FormatException extends ProblemException {
    private static final long serialVersionUID = 1;

    private static final int LONGEST_SHOWN = 80;
    private static final int BEGINNING = 16;
    private static final String DAMAGED = "get it anew from whoever made it: it is damaged, or of another kind than it was taken for";
    private static final String NOT_CONFORMING = "have it made anew by a program that follows the format; docs/formats.md says what is read";

    private FormatException(ErrorCode code, String why, String remedy) {
        super(new Problem(code, "the document was refused: " + code.title(), why, remedy), null);
    }

    /// The document, or a part of it, is over a limit.
    ///
    /// @param path where; empty for the whole document
    /// @param unit what is counted, in the plural: `bytes`, `subjects`
    /// @param found how many there are, or more than `limit` when they were not all counted
    public static FormatException tooLarge(String path, String unit, long found, long limit) {
        return new FormatException(ErrorCode.TOO_LARGE, place(path) + ": expected at most " + limit + " " + unit + ", found " + found,
                "check that it is the file you meant; the limits are listed in docs/formats.md");
    }

    /// The text breaks JSON's grammar (RFC 8259), or ends early.
    ///
    /// @param line from 1
    /// @param column in characters, from 1
    public static FormatException jsonMalformed(int line, int column, String expected, String found) {
        return new FormatException(ErrorCode.JSON_MALFORMED,
                "line " + line + ", column " + column + ": expected " + expected + ", found " + found, DAMAGED);
    }

    /// An object has two members of one name.
    ///
    /// @param path of the second
    public static FormatException jsonDuplicate(String path) {
        return new FormatException(ErrorCode.JSON_DUPLICATE, path + ": expected once, found a second time; readers differ on which one counts",
                NOT_CONFORMING);
    }

    /// Objects and arrays are nested too deeply.
    ///
    /// @param path of the first one that is too deep
    public static FormatException jsonDepth(String path, int limit) {
        return new FormatException(ErrorCode.JSON_DEPTH,
                place(path) + ": expected at most " + limit + " objects and arrays inside each other, found one more", NOT_CONFORMING);
    }

    /// The bytes aren't UTF-8 (RFC 3629), or begin with a byte order mark.
    public static FormatException notUtf8(String found) {
        return new FormatException(ErrorCode.NOT_UTF8, "the document: expected UTF-8 without a byte order mark, found " + found,
                "convert it to UTF-8, or check that it is the file you meant");
    }

    /// A value isn't base64 (RFC 4648).
    public static FormatException base64Malformed(String path, String expected, String found) {
        return new FormatException(ErrorCode.BASE64_MALFORMED, place(path) + ": expected " + expected + ", found " + found, DAMAGED);
    }

    /// A digest hasn't the length that its algorithm demands.
    ///
    /// @param expected such as `32 bytes for SHA2_256`
    public static FormatException digestLength(String path, String expected, String found) {
        return new FormatException(ErrorCode.DIGEST_LENGTH, place(path) + ": expected " + expected + ", found " + found, DAMAGED);
    }

    /// A member that the format doesn't have.
    ///
    /// @param path of the member
    /// @param known the names there are at that place
    public static FormatException fieldUnknown(String path, String known) {
        return new FormatException(ErrorCode.FIELD_UNKNOWN, path + ": expected only " + known + ", found this",
                "use a version of this program that knows it: what is not understood is never passed over");
    }

    /// A member that must be there isn't.
    ///
    /// @param path of the member
    /// @param expected what it should have been
    public static FormatException fieldMissing(String path, String expected) {
        return new FormatException(ErrorCode.FIELD_MISSING, path + ": expected " + expected + ", found nothing", NOT_CONFORMING);
    }

    /// A member is there, with a value that it can't have.
    public static FormatException fieldInvalid(String path, String expected, String found) {
        return new FormatException(ErrorCode.FIELD_INVALID, place(path) + ": expected " + expected + ", found " + found, NOT_CONFORMING);
    }

    /// The document says that it is of a kind that isn't read here.
    ///
    /// @param expected the kinds that are
    public static FormatException mediaTypeUnsupported(String path, String expected, String found) {
        return new FormatException(ErrorCode.MEDIA_TYPE_UNSUPPORTED, path + ": expected " + expected + ", found " + found,
                "check that it is the file you meant, or use a version of this program that reads this kind");
    }

    /// A signed note breaks its format (C2SP signed-note).
    ///
    /// @param line from 1
    public static FormatException noteMalformed(int line, String expected, String found) {
        return new FormatException(ErrorCode.NOTE_MALFORMED, "line " + line + ": expected " + expected + ", found " + found, DAMAGED);
    }

    /// A note's text isn't a checkpoint (C2SP tlog-checkpoint).
    ///
    /// @param line from 1
    public static FormatException checkpointMalformed(int line, String expected, String found) {
        return new FormatException(ErrorCode.CHECKPOINT_MALFORMED, "line " + line + ": expected " + expected + ", found " + found, DAMAGED);
    }

    /// The text breaks YAML's grammar (YAML 1.2.2).
    ///
    /// @param line from 1
    /// @param column in characters, from 1
    /// @param problem what the parser says
    public static FormatException yamlMalformed(int line, int column, String problem) {
        return new FormatException(ErrorCode.YAML_MALFORMED, "line " + line + ", column " + column + ": expected YAML 1.2, found: " + problem,
                "correct the file; an editor that knows YAML shows where it goes wrong");
    }

    /// The text is YAML, and says what JSON can't, or what readers don't agree on.
    ///
    /// @param line from 1
    /// @param column in characters, from 1
    public static FormatException yamlNotJson(int line, int column, String expected, String found) {
        return new FormatException(ErrorCode.YAML_NOT_JSON, "line " + line + ", column " + column + ": expected " + expected + ", found " + found,
                "write it as JSON could say it; docs/formats.md tells what is read of YAML");
    }

    /// A text from the document as messages quote it: in double quotes, and cut when it is long.
    public static String quoted(String text) {
        return quoted(text, LONGEST_SHOWN);
    }

    /// A text that could be anything, a secret too when the wrong file was named: only its first few characters.
    public static String beginning(String text) {
        return quoted(text, BEGINNING);
    }

    private static String quoted(String text, int most) {
        if (text.length() <= most) {
            return '"' + text + '"';
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return '"' + text.substring(0, end) + "…\" (" + text.length() + " characters)";
    }

    private static String place(String path) {
        return path.isEmpty() ? "the document" : path;
    }
}
