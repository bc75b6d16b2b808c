package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.KeyGeneration.FileFormat;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyException;
import dev.chancery.ports.key.PinEntry;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.Cipher;
import javax.crypto.EncryptedPrivateKeyInfo;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.PBEParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Reads and writes the PEM forms of private keys.
final class KeyFileCodec {
    private static final String PBES2 = "PBEWithHmacSHA256AndAES_256";
    private static final String AES_CBC = "AES/CBC/PKCS5Padding";
    private static final Pattern PBES2_NAME = Pattern.compile("PBEWithHmac(SHA(?:1|224|256|384|512))AndAES_(128|256)");
    private static final int ITERATIONS = 600_000;
    private static final int MAX_ITERATIONS = 10_000_000;

    private final SecureRandom random;

    KeyFileCodec(SecureRandom random) {
        this.random = random;
    }

    PrivateKeyMaterial read(Bytes pem, String place, PinEntry pinEntry) throws KeyException {
        String text = pem.utf8().orElseThrow(() -> KeyFiles.invalid(place, "it is not text", null)).strip();
        int dashes = text.indexOf("-----", 11);
        if (!text.startsWith("-----BEGIN ") || dashes < 0) {
            throw KeyFiles.invalid(place, "it is not a PEM file", null);
        }
        String label = text.substring(11, dashes);
        String end = "-----END " + label + "-----";
        if (!text.endsWith(end)) {
            throw KeyFiles.invalid(place, "its PEM block does not end, or more than one block is there", null);
        }
        byte[] content;
        try {
            content = Base64.getMimeDecoder().decode(text.substring(dashes + 5, text.length() - end.length()));
        } catch (IllegalArgumentException e) {
            throw KeyFiles.invalid(place, "its content is not base64", null);
        }
        try {
            return switch (label) {
                case "PRIVATE KEY" -> PrivateKeyMaterial.fromPkcs8(content, place);
                case "ENCRYPTED PRIVATE KEY" -> encryptedPkcs8(content, place, pinEntry);
                case "ENCRYPTED SIGSTORE PRIVATE KEY", "ENCRYPTED COSIGN PRIVATE KEY" -> sigstore(Bytes.copyOf(content), place, pinEntry);
                default -> throw KeyFiles.invalid(place, "it holds a " + label + " block; convert it with openssl pkcs8 -topk8", null);
            };
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static PrivateKeyMaterial sigstore(Bytes json, String place, PinEntry pinEntry) throws KeyException {
        try (Pin passphrase = ask(pinEntry, PinEntry.Kind.PASSPHRASE, place)) {
            byte[] plain = SigstoreKeyBox.open(json, passphrase, place)
                    .orElseThrow(() -> KeyFiles.wrongPassphrase(place, new GeneralSecurityException("authentication tag")));
            try {
                return PrivateKeyMaterial.fromPkcs8(plain, place);
            } finally {
                Arrays.fill(plain, (byte) 0);
            }
        }
    }

    private static PrivateKeyMaterial encryptedPkcs8(byte[] der, String place, PinEntry pinEntry) throws KeyException {
        EncryptedPrivateKeyInfo info;
        PBEParameterSpec parameters;
        Matcher scheme;
        try {
            info = new EncryptedPrivateKeyInfo(der);
            scheme = PBES2_NAME.matcher(String.valueOf(info.getAlgParameters()));
            if (!scheme.matches()) {
                throw KeyFiles.invalid(place, "it is not encrypted with PBES2, PBKDF2 with HMAC-SHA-2 and AES-CBC", null);
            }
            parameters = info.getAlgParameters().getParameterSpec(PBEParameterSpec.class);
        } catch (IOException | GeneralSecurityException e) {
            throw KeyFiles.invalid(place, "its encryption is not one that is read here", e);
        }
        if (parameters.getIterationCount() > MAX_ITERATIONS || parameters.getSalt().length == 0) {
            throw KeyFiles.invalid(place, "its PBKDF2 parameters are out of bounds", null);
        }
        byte[] plain = null;
        try (Pin passphrase = ask(pinEntry, PinEntry.Kind.PASSPHRASE, place)) {
            Cipher cipher = Cipher.getInstance(AES_CBC);
            cipher.init(Cipher.DECRYPT_MODE, aesKey(passphrase, "PBKDF2WithHmac" + scheme.group(1), parameters, Integer.parseInt(scheme.group(2))),
                    parameters.getParameterSpec());
            plain = cipher.doFinal(info.getEncryptedData());
            return PrivateKeyMaterial.fromPkcs8(plain, place);
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
            case PKCS8_PLAIN -> pem("PRIVATE KEY", Bytes.copyOf(pkcs8));
            case PKCS8_ENCRYPTED -> {
                try (Pin passphrase = ask(pinEntry, PinEntry.Kind.NEW_PASSPHRASE, place)) {
                    yield pem("ENCRYPTED PRIVATE KEY", encrypt(pkcs8, passphrase));
                }
            }
            case SIGSTORE -> {
                try (Pin passphrase = ask(pinEntry, PinEntry.Kind.NEW_PASSPHRASE, place)) {
                    yield pem("ENCRYPTED SIGSTORE PRIVATE KEY", SigstoreKeyBox.seal(pkcs8, passphrase, random));
                }
            }
        };
    }

    private Bytes encrypt(byte[] pkcs8, Pin passphrase) {
        try {
            byte[] salt = new byte[16];
            byte[] iv = new byte[16];
            random.nextBytes(salt);
            random.nextBytes(iv);
            PBEParameterSpec spec = new PBEParameterSpec(salt, ITERATIONS, new IvParameterSpec(iv));
            AlgorithmParameters parameters = AlgorithmParameters.getInstance(PBES2);
            parameters.init(spec);
            Cipher cipher = Cipher.getInstance(AES_CBC);
            cipher.init(Cipher.ENCRYPT_MODE, aesKey(passphrase, "PBKDF2WithHmacSHA256", spec, 256), spec.getParameterSpec());
            AlgorithmParameters standard = AlgorithmParameters.getInstance("PBES2");
            standard.init(parameters.getEncoded());
            return Bytes.copyOf(new EncryptedPrivateKeyInfo(standard, cipher.doFinal(pkcs8)).getEncoded());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK has PBES2", e);
        }
    }

    /// PBKDF2 by itself: the JDK's PBES2 cipher takes ASCII passphrases only, while PBKDF2 takes the UTF-8 form, as OpenSSL does.
    private static SecretKey aesKey(Pin passphrase, String pbkdf2, PBEParameterSpec parameters, int bits) throws GeneralSecurityException {
        char[] characters = passphrase.characters(SecretAccess.grantedForUse());
        PBEKeySpec spec = new PBEKeySpec(characters, parameters.getSalt(), parameters.getIterationCount(), bits);
        try {
            return new SecretKeySpec(SecretKeyFactory.getInstance(pbkdf2).generateSecret(spec).getEncoded(), "AES");
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }

    private static Pin ask(PinEntry pinEntry, PinEntry.Kind kind, String place) throws KeyException {
        Optional<Pin> pin = pinEntry.request(new PinEntry.Prompt(kind, place));
        return pin.orElseThrow(() -> KeyFiles.noPassphrase(place));
    }

    private static Bytes pem(String label, Bytes content) {
        return Bytes.ofUtf8("-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content.toByteArray())
                + "\n-----END " + label + "-----\n");
    }
}
