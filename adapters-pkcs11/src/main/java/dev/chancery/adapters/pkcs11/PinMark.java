package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Stands for a PIN without keeping it: HMAC-SHA-256 under a key that lives and dies with the process. It serves to see that a PIN is the
/// one a token took or refused before.
final class PinMark {
    private static final SecretKeySpec KEY = key();

    private PinMark() {}

    static Bytes of(Pin pin) {
        byte[] octets = PinText.utf8(pin);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(KEY);
            return Bytes.copyOf(mac.doFinal(octets));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static SecretKeySpec key() {
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        return new SecretKeySpec(random, "HmacSHA256");
    }
}
