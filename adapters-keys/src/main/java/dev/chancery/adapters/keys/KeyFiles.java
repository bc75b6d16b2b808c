package dev.chancery.adapters.keys;

import dev.chancery.domain.error.ErrorCode;
import dev.chancery.domain.error.Problem;
import dev.chancery.domain.key.KeyDescription.Fact;
import dev.chancery.ports.key.KeyException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The errors of key files, in one place.
final class KeyFiles {
    private static final String REMEDY = "give a PEM file with a PKCS#8 private key or one that cosign made";

    private KeyFiles() {}

    /// What there is to know of a key in a file.
    ///
    /// @param exposedOrNull the permissions of the file, when others can read it
    static List<Fact> facts(@Nullable String exposedOrNull) {
        Fact exportable = new Fact("exportable", "yes: it is a file, not hardware");
        return exposedOrNull == null ? List.of(exportable)
                : List.of(exportable, new Fact("permissions", exposedOrNull + ": others can read the encrypted file"));
    }

    static KeyException.BackendUnusable invalid(String place, String why) {
        return invalid(place, why, REMEDY, null);
    }

    static KeyException.BackendUnusable invalid(String place, String why, @Nullable Throwable cause) {
        return invalid(place, why, REMEDY, cause);
    }

    static KeyException.BackendUnusable invalid(String place, String why, String remedy) {
        return invalid(place, why, remedy, null);
    }

    private static KeyException.BackendUnusable invalid(String place, String why, String remedy, @Nullable Throwable cause) {
        return new KeyException.BackendUnusable(
                new Problem(ErrorCode.KEY_FILE_INVALID, "the key " + place + " cannot be used", why, remedy), cause);
    }

    static KeyException.NotOne absent(String place, String why, String remedy) {
        return new KeyException.NotOne(new Problem(ErrorCode.KEY_NOT_FOUND, "there is no key " + place, why, remedy), List.of());
    }

    static KeyException.Exists exists(String path) {
        return new KeyException.Exists(new Problem(ErrorCode.KEY_EXISTS, "no key was made", "the file " + path + " exists",
                "choose another name; a key is never written over"));
    }

    static KeyException.BackendUnusable exposed(String path, String permissions) {
        return new KeyException.BackendUnusable(new Problem(ErrorCode.KEY_FILE_EXPOSED, "the key " + path + " was not used",
                "it is not encrypted, and its permissions are " + permissions, "chmod 600 the file, or encrypt the key"), null);
    }

    static KeyException.PinWrong wrongPassphrase(String place, @Nullable Throwable cause) {
        return new KeyException.PinWrong(new Problem(ErrorCode.PASSPHRASE_WRONG, "the key " + place + " was not opened",
                "it does not decrypt with this passphrase: the passphrase is wrong or the file is damaged",
                "try again with the right passphrase; nothing was tried twice"), -1, cause);
    }

    static KeyException.PinUnavailable noPassphrase(String place) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PIN_UNAVAILABLE, "the key " + place + " was not opened",
                "it is encrypted and there is no passphrase and nobody to ask",
                "give --passphrase-file FILE, set CHANCERY_PASSPHRASE, or run in a terminal"), null);
    }

    static KeyException.PinUnavailable emptyPassphrase(String place) {
        return new KeyException.PinUnavailable(new Problem(ErrorCode.PASSPHRASE_EMPTY, "the key " + place + " was not made",
                "its passphrase is empty, which protects nothing",
                "give a passphrase, or say --format pkcs8-plain when the disk is the protection"), null);
    }
}
