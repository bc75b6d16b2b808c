package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.secret.Pin;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;

/// Reads and writes the PEM forms of private keys: PKCS#8 plain and encrypted, and cosign's.
///
/// OpenSSL's older `EC PRIVATE KEY` and `RSA PRIVATE KEY` are refused with the command that converts them: their encryption derives
/// its key with one round of MD5, and a key that was kept so should be noticed.
final class KeyFileCodec {
    private final SecureRandom random;

    KeyFileCodec(SecureRandom random) {
        this.random = random;
    }

    /// Reads a key. Asks for a passphrase once, and only when all that can be checked without it is sound.
    PrivateKeyMaterial read(Bytes pem, String place, PinEntry pinEntry) throws KeyException {
        try (PemBlock block = PemBlock.read(pem, place)) {
            return switch (block.label()) {
                case "PRIVATE KEY" -> PrivateKeyMaterial.fromPkcs8(block.content(), place, random);
                case "ENCRYPTED PRIVATE KEY" -> encryptedPkcs8(block.content(), place, pinEntry);
                default -> sigstore(Bytes.copyOf(block.content()), place, pinEntry);
            };
        }
    }

    private PrivateKeyMaterial sigstore(Bytes json, String place, PinEntry pinEntry) throws KeyException {
        SigstoreKeyBox box = SigstoreKeyBox.parse(json, place);
        try (Pin passphrase = ask(pinEntry, PinEntry.Kind.PASSPHRASE, place)) {
            byte[] plain = box.open(passphrase).orElseThrow(() -> KeyFiles.wrongPassphrase(place, null));
            try {
                return PrivateKeyMaterial.fromPkcs8(plain, place, random);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    private PrivateKeyMaterial encryptedPkcs8(byte[] der, String place, PinEntry pinEntry) throws KeyException {
        Pbes2 encryption = Pbes2.parse(der, place);
        byte[] plain = null;
        try (Pin passphrase = ask(pinEntry, PinEntry.Kind.PASSPHRASE, place)) {
            plain = encryption.decrypt(passphrase);
            if (!PrivateKeyMaterial.isPkcs8(plain)) {
                // One wrong passphrase in about 250 leaves a sound padding by chance: CBC doesn't authenticate.
                throw KeyFiles.wrongPassphrase(place, null);
            }
            return PrivateKeyMaterial.fromPkcs8(plain, place, random);
        } catch (GeneralSecurityException e) {
            throw KeyFiles.wrongPassphrase(place, e);
        } finally {
            if (plain != null) {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    /// The PEM text of a private key. The caller wipes the array it gave.
    Bytes write(byte[] pkcs8, FileFormat format, String place, PinEntry pinEntry) throws KeyException {
        return switch (format) {
            case PKCS8_PLAIN -> PemBlock.write("PRIVATE KEY", Bytes.copyOf(pkcs8));
            case PKCS8_ENCRYPTED -> {
                try (Pin passphrase = askForNew(pinEntry, place)) {
                    yield PemBlock.write("ENCRYPTED PRIVATE KEY", Pbes2.encrypt(pkcs8, passphrase, random));
                }
            }
            case SIGSTORE -> {
                try (Pin passphrase = askForNew(pinEntry, place)) {
                    yield PemBlock.write("ENCRYPTED SIGSTORE PRIVATE KEY", SigstoreKeyBox.seal(pkcs8, passphrase, random));
                }
            }
        };
    }

    /// An empty passphrase opens what others have written, but makes no new file: it would look protected and not be.
    private static Pin askForNew(PinEntry pinEntry, String place) throws KeyException {
        Pin passphrase = ask(pinEntry, PinEntry.Kind.NEW_PASSPHRASE, place);
        if (passphrase.isEmpty()) {
            passphrase.close();
            throw KeyFiles.emptyPassphrase(place);
        }
        return passphrase;
    }

    private static Pin ask(PinEntry pinEntry, PinEntry.Kind kind, String place) throws KeyException {
        Optional<Pin> pin = pinEntry.request(new PinEntry.Prompt(kind, place));
        return pin.orElseThrow(() -> KeyFiles.noPassphrase(place));
    }
}
