package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A PIN as tokens take it.
final class PinText {
    private static final int MOST_BYTES_A_CHARACTER = 3; // RFC 3629 §3; a pair of surrogates has 4 for two

    private PinText() {}

    /// UTF-8 (PKCS#11 v3.1 §5.6.8). The caller overwrites it.
    static byte[] utf8(Pin pin) {
        char[] characters = pin.characters(SecretAccess.grantedForUse());
        ByteBuffer encoded = ByteBuffer.allocate(characters.length * MOST_BYTES_A_CHARACTER);
        StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(characters), encoded, true);
        byte[] octets = Arrays.copyOf(encoded.array(), encoded.position());
        Arrays.fill(characters, '\0');
        Arrays.fill(encoded.array(), (byte) 0);
        return octets;
    }
}
