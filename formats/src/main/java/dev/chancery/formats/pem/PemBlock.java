package dev.chancery.formats.pem;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import java.util.ArrayList;
import java.util.List;

/// A block of PEM (RFC 7468 §2): no headers, nothing beside the blocks, canonical base64 in lines of any length.
///
/// @param label such as `CERTIFICATE`
/// @param content usually DER; may be empty
public record PemBlock(String label, Bytes content) {
    /// How a text of blocks begins.
    public static final String BEGIN = "-----BEGIN ";

    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    /// The one block that fills a text, but for white space around it.
    ///
    /// @param place where the text stands, for messages
    /// @throws FormatException when it isn't one block
    public static PemBlock read(String pem, String place) throws FormatException {
        List<PemBlock> blocks = readAll(pem, 1, place);
        return blocks.getFirst();
    }

    /// The blocks that fill a text, but for white space around them. At least one.
    ///
    /// @param limit the most there may be
    /// @param place where the text stands, for messages
    /// @throws FormatException when it is anything else, or there are more
    public static List<PemBlock> readAll(String pem, int limit, String place) throws FormatException {
        String text = pem.strip().replace("\r\n", "\n") + "\n";
        List<PemBlock> blocks = new ArrayList<>();
        for (int at = 0; at < text.length(); ) {
            if (blocks.size() == limit) {
                throw limit == 1 ? malformed(place, "more behind the first block")
                        : FormatException.tooLarge(place, "PEM blocks", limit + 1L, limit);
            }
            int firstLine = text.indexOf('\n', at);
            if (!text.startsWith(BEGIN, at) || firstLine < at + BEGIN.length() + DASHES.length()
                    || !text.substring(at, firstLine).endsWith(DASHES)) {
                throw malformed(place, "no first line of one");
            }
            String label = text.substring(at + BEGIN.length(), firstLine - DASHES.length());
            String lastLine = "\n" + END + label + DASHES + "\n";
            int end = text.indexOf(lastLine, firstLine);
            if (end < 0) {
                throw malformed(place, "no last line of the block");
            }
            blocks.add(new PemBlock(label, content(text.substring(firstLine, end).replace("\n", ""), place)));
            at = end + lastLine.length();
        }
        return blocks;
    }

    /// What stands there is not shown: it may be a private key.
    private static Bytes content(String base64, String place) throws FormatException {
        try {
            return Bytes.fromBase64(base64);
        } catch (IllegalArgumentException e) {
            throw FormatException.base64Malformed(place, "lines of base64 (RFC 4648 §4, padded)", "something else");
        }
    }

    private static FormatException malformed(String place, String found) {
        return FormatException.fieldInvalid(place, "PEM", found);
    }
}
