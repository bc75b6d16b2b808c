package dev.chancery.formats.rekor;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.log.LogEntryBody.Verifier;
import dev.chancery.formats.FormatException;
import dev.chancery.formats.json.Base64Text;

/// The certificate or public key of a Rekor v1 entry: exactly one PEM block (RFC 7468 §5, §13).
final class PemVerifier {
    private static final String CERTIFICATE = "CERTIFICATE";
    private static final String PUBLIC_KEY = "PUBLIC KEY";

    private PemVerifier() {}

    static Verifier read(Bytes pem, String path) throws FormatException {
        String text = pem.utf8().orElseThrow(() -> invalid(path, "bytes that are no UTF-8")).strip();
        if (text.startsWith(begin(CERTIFICATE))) {
            return new Verifier.Certificate(body(text, CERTIFICATE, path));
        }
        if (text.startsWith(begin(PUBLIC_KEY))) {
            return new Verifier.Key(body(text, PUBLIC_KEY, path));
        }
        throw invalid(path, "something else");
    }

    private static Bytes body(String text, String label, String path) throws FormatException {
        String end = "-----END " + label + "-----";
        int from = begin(label).length();
        int to = text.indexOf(end, from);
        if (to < 0 || to + end.length() != text.length()) {
            throw invalid(path, "more than one block, or one that doesn't end");
        }
        StringBuilder base64 = new StringBuilder(to - from);
        text.substring(from, to).chars().filter(c -> c != '\n' && c != '\r').forEach(c -> base64.append((char) c));
        return Base64Text.canonical(base64.toString(), path);
    }

    private static String begin(String label) {
        return "-----BEGIN " + label + "-----";
    }

    private static FormatException invalid(String path, String found) {
        return FormatException.fieldInvalid(path, "one PEM block, of a certificate or a public key", found);
    }
}
