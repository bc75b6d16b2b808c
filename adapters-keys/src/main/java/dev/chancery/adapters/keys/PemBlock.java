package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.ports.key.KeyException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/// A PEM file of exactly one block (RFC 7468 §2), with nothing but white space around it. Its content may be secret: whoever reads
/// it closes it, which overwrites it.
final class PemBlock implements AutoCloseable {
    private static final String BEGIN = "-----BEGIN ";
    private static final String DASHES = "-----";

    private final String label;
    private final byte[] content;

    private PemBlock(String label, byte[] content) {
        this.label = label;
        this.content = content;
    }

    static PemBlock read(Bytes pem, String place) throws KeyException {
        String text = pem.utf8().orElseThrow(() -> KeyFiles.invalid(place, "it is not text, so it is no PEM file")).strip();
        if (text.isEmpty()) {
            throw KeyFiles.invalid(place, "it is empty");
        }
        int labelEnd = text.indexOf(DASHES, BEGIN.length());
        if (!text.startsWith(BEGIN) || labelEnd < 0) {
            throw KeyFiles.invalid(place, text.contains(BEGIN)
                    ? "there is other text before its PEM block" : "it has no PEM block (-----BEGIN …-----)");
        }
        String label = text.substring(BEGIN.length(), labelEnd);
        refuseOtherLabels(label, place);
        int bodyStart = labelEnd + DASHES.length();
        String end = "-----END " + label + DASHES;
        int bodyEnd = text.indexOf(end, bodyStart);
        if (bodyEnd < 0) {
            throw KeyFiles.invalid(place, "its PEM block does not end with " + end);
        }
        String rest = text.substring(bodyEnd + end.length()).strip();
        if (!rest.isEmpty()) {
            throw KeyFiles.invalid(place, rest.startsWith(BEGIN) ? "it has more than one PEM block" : "there is other text after its PEM block");
        }
        return new PemBlock(label, base64(text.substring(bodyStart, bodyEnd), place));
    }

    /// Names what people give by mistake, each with the command that helps.
    private static void refuseOtherLabels(String label, String place) throws KeyException {
        switch (label) {
            case "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> {
                // What is read here.
            }
            case "EC PARAMETERS" -> throw KeyFiles.invalid(place, "it begins with EC PARAMETERS, as openssl ecparam writes them",
                    "convert the key: openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem");
            case "EC PRIVATE KEY", "RSA PRIVATE KEY", "DSA PRIVATE KEY" -> throw KeyFiles.invalid(place,
                    "it holds " + label + ", OpenSSL's form before PKCS#8, whose encryption is weak",
                    "convert it: openssl pkcs8 -topk8 -in OLD.pem -out NEW.pem");
            case "OPENSSH PRIVATE KEY" -> throw KeyFiles.invalid(place, "it holds a key of OpenSSH",
                    "make a key for signing with chancery key generate; a login key is not one");
            case "PUBLIC KEY", "CERTIFICATE" -> throw KeyFiles.invalid(place,
                    "it holds a " + label.toLowerCase(Locale.ROOT) + ", which cannot sign", "give the private key");
            default -> throw KeyFiles.invalid(place, "it holds " + label + ", which is not read here");
        }
    }

    private static byte[] base64(String body, String place) throws KeyException {
        StringBuilder compact = new StringBuilder(body.length());
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            if (c != '\n' && c != '\r' && c != ' ' && c != '\t') {
                compact.append(c);
            }
        }
        try {
            return Base64.getDecoder().decode(compact.toString());
        } catch (IllegalArgumentException e) {
            // The decoder's message may quote a character of the key, so it is not kept.
            throw KeyFiles.invalid(place, body.contains(":")
                    ? "it has PEM headers (RFC 1421), which PKCS#8 files do not have" : "its content is not base64");
        }
    }

    String label() {
        return label;
    }

    /// The content itself, not a copy: it is overwritten by [#close()].
    byte[] content() {
        return content;
    }

    static Bytes write(String label, Bytes content) {
        return Bytes.ofUtf8(BEGIN + label + DASHES + "\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toByteArray())
                + "\n-----END " + label + DASHES + "\n");
    }

    @Override
    public void close() {
        Arrays.fill(content, (byte) 0);
    }
}
