package dev.chancery.adapters.keys;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.ports.key.KeyException;
import org.jspecify.annotations.Nullable;

/// The errors of key files, in one place.
final class KeyFiles {
    private KeyFiles() {}

    static KeyException.BackendUnusable invalid(String place, String why, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_FILE_INVALID, "the key " + place + " cannot be used", why,
                "give a PEM file with a PKCS#8 private key or one that cosign made"), cause);
    }

    static KeyException.PinWrong wrongPassphrase(String place, Throwable cause) {
        return new KeyException.PinWrong(new Problem(ErrorCode.PASSPHRASE_WRONG, "the key " + place + " was not opened",
                "it does not decrypt with this passphrase: the passphrase is wrong or the file is damaged",
                "try again with the right passphrase; nothing was tried twice"), -1, cause);
    }

    static KeyException.PinUnavailable noPassphrase(String place) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "the key " + place + " was not opened",
                "it is encrypted and there is no passphrase and nobody to ask",
                "give --passphrase-file FILE, set CHANCERY_PASSPHRASE, or run in a terminal"), null);
    }
}
