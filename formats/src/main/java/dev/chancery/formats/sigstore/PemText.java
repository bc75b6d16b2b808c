package dev.chancery.formats.sigstore;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;
import java.util.Map;

/// One block of PEM (RFC 7468 §2) that fills its text.
final class PemText {
    static final String BEGIN = "-----BEGIN ";

    private static final String END = "-----END ";
    private static final String DASHES = "-----";

    private PemText() {}

    /// The block's label and content.
    static Map.Entry<String, Bytes> read(String pem, String place) throws FormatException {
        String text = pem.strip().replace("\r\n", "\n");
        int firstLine = text.indexOf('\n');
        if (!text.startsWith(BEGIN) || firstLine < 0 || !text.substring(0, firstLine).endsWith(DASHES)) {
            throw FormatException.fieldInvalid(place, "one block of PEM", "no first line of one");
        }
        String label = text.substring(BEGIN.length(), Math.max(BEGIN.length(), firstLine - DASHES.length()));
        String lastLine = "\n" + END + label + DASHES;
        if (!text.endsWith(lastLine) || text.length() < firstLine + lastLine.length()) {
            throw FormatException.fieldInvalid(place, "one block of PEM", "no last line of the block");
        }
        String base64 = text.substring(firstLine, text.length() - lastLine.length()).replace("\n", "");
        return Map.entry(label, Base64Text.canonical(base64, place));
    }
}
