package dev.chancery.adapters.keys;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.secret.Pin;
import dev.chancery.domain.secret.SecretAccess;
import dev.chancery.ports.key.KeyException;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.EncryptedPrivateKeyInfo;
import org.bouncycastle.asn1.pkcs.EncryptionScheme;
import org.bouncycastle.asn1.pkcs.KeyDerivationFunc;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;

/// Encrypted PKCS#8 (RFC 5958 §3) with PBES2 (RFC 8018 §6.2): PBKDF2 with HMAC-SHA-1 or SHA-2, AES-CBC. Written as OpenSSL writes it,
/// with HMAC-SHA-256 and AES-256.
///
/// Passphrases are taken in UTF-8, as OpenSSL takes them; the JDK's own PBES2 cipher knows ASCII only.
final class Pbes2 {
    private static final String AES_CBC = "AES/CBC/PKCS5Padding";
    /// OWASP's recommendation for PBKDF2 with HMAC-SHA-256 (Password Storage Cheat Sheet, 2023).
    private static final int ITERATIONS = 600_000;
    /// What a file may ask for at most: some seconds of work.
    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int MAX_SALT = 1024;
    private static final int BLOCK = 16;

    private static final Map<ASN1ObjectIdentifier, Integer> AES_KEY_BITS = Map.of(
            NISTObjectIdentifiers.id_aes128_CBC, 128, NISTObjectIdentifiers.id_aes192_CBC, 192, NISTObjectIdentifiers.id_aes256_CBC, 256);
    private static final Map<ASN1ObjectIdentifier, String> PBKDF2_NAMES = Map.of(
            PKCSObjectIdentifiers.id_hmacWithSHA1, "PBKDF2WithHmacSHA1",
            PKCSObjectIdentifiers.id_hmacWithSHA224, "PBKDF2WithHmacSHA224",
            PKCSObjectIdentifiers.id_hmacWithSHA256, "PBKDF2WithHmacSHA256",
            PKCSObjectIdentifiers.id_hmacWithSHA384, "PBKDF2WithHmacSHA384",
            PKCSObjectIdentifiers.id_hmacWithSHA512, "PBKDF2WithHmacSHA512");

    private final String pbkdf2;
    private final Bytes salt;
    private final int iterations;
    private final int keyBits;
    private final Bytes iv;
    private final Bytes encrypted;

    private Pbes2(String pbkdf2, Bytes salt, int iterations, int keyBits, Bytes iv, Bytes encrypted) {
        this.pbkdf2 = pbkdf2;
        this.salt = salt;
        this.iterations = iterations;
        this.keyBits = keyBits;
        this.iv = iv;
        this.encrypted = encrypted;
    }

    /// Reads an EncryptedPrivateKeyInfo, before anybody is asked for a passphrase.
    static Pbes2 parse(byte[] der, String place) throws KeyException {
        try {
            EncryptedPrivateKeyInfo info = EncryptedPrivateKeyInfo.getInstance(ASN1Primitive.fromByteArray(der));
            if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
                throw unsupported(place, info.getEncryptionAlgorithm().getAlgorithm());
            }
            PBES2Parameters parameters = PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
            ASN1ObjectIdentifier cipher = parameters.getEncryptionScheme().getAlgorithm();
            Integer bits = AES_KEY_BITS.get(cipher);
            if (bits == null) {
                throw unsupported(place, cipher);
            }
            if (!parameters.getKeyDerivationFunc().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBKDF2)) {
                throw unsupported(place, parameters.getKeyDerivationFunc().getAlgorithm());
            }
            PBKDF2Params kdf = PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
            String pbkdf2 = PBKDF2_NAMES.get(kdf.getPrf().getAlgorithm());
            if (pbkdf2 == null) {
                throw unsupported(place, kdf.getPrf().getAlgorithm());
            }
            Bytes iv = Bytes.copyOf(ASN1OctetString.getInstance(parameters.getEncryptionScheme().getParameters()).getOctets());
            Bytes salt = Bytes.copyOf(kdf.getSalt());
            BigInteger iterations = kdf.getIterationCount();
            Bytes encrypted = Bytes.copyOf(info.getEncryptedData());
            boolean sound = iterations.signum() > 0 && iterations.compareTo(BigInteger.valueOf(MAX_ITERATIONS)) <= 0
                    && !salt.isEmpty() && salt.size() <= MAX_SALT && iv.size() == BLOCK
                    && !encrypted.isEmpty() && encrypted.size() % BLOCK == 0
                    && (kdf.getKeyLength() == null || kdf.getKeyLength().equals(BigInteger.valueOf(bits / 8)));
            if (!sound) {
                throw KeyFiles.invalid(place, "its PBES2 parameters are out of bounds: at most " + MAX_ITERATIONS
                        + " iterations, a salt of 1 to " + MAX_SALT + " bytes, whole blocks of AES");
            }
            return new Pbes2(pbkdf2, salt, iterations.intValueExact(), bits, iv, encrypted);
        } catch (IOException | IllegalArgumentException | IllegalStateException | NullPointerException e) {
            throw KeyFiles.invalid(place, "it is not an encrypted PKCS#8 key", e);
        }
    }

    private static KeyException unsupported(String place, ASN1ObjectIdentifier algorithm) {
        return KeyFiles.invalid(place, "it is encrypted with algorithm " + algorithm.getId() + ", and only PBES2 with PBKDF2 and AES-CBC is read",
                "encrypt it again: openssl pkcs8 -topk8 -v2 aes-256-cbc -in OLD.pem -out NEW.pem");
    }

    /// Decrypts. The caller wipes the result.
    ///
    /// @throws GeneralSecurityException when the padding comes out wrong: the passphrase is wrong or the file is damaged
    byte[] decrypt(Pin passphrase) throws GeneralSecurityException {
        return cipher(Cipher.DECRYPT_MODE, passphrase).doFinal(encrypted.toByteArray());
    }

    /// Encrypts a PrivateKeyInfo into an EncryptedPrivateKeyInfo. The caller wipes its array.
    static Bytes encrypt(byte[] pkcs8, Pin passphrase, SecureRandom random) {
        byte[] salt = new byte[16];
        byte[] iv = new byte[BLOCK];
        random.nextBytes(salt);
        random.nextBytes(iv);
        try {
            Cipher cipher = new Pbes2("PBKDF2WithHmacSHA256", Bytes.copyOf(salt), ITERATIONS, 256, Bytes.copyOf(iv), Bytes.empty())
                    .cipher(Cipher.ENCRYPT_MODE, passphrase);
            PBKDF2Params kdf = new PBKDF2Params(salt, ITERATIONS, new AlgorithmIdentifier(PKCSObjectIdentifiers.id_hmacWithSHA256,
                    org.bouncycastle.asn1.DERNull.INSTANCE));
            PBES2Parameters parameters = new PBES2Parameters(new KeyDerivationFunc(PKCSObjectIdentifiers.id_PBKDF2, kdf),
                    new EncryptionScheme(NISTObjectIdentifiers.id_aes256_CBC, new DEROctetString(iv)));
            return Bytes.copyOf(new EncryptedPrivateKeyInfo(new AlgorithmIdentifier(PKCSObjectIdentifiers.id_PBES2, parameters),
                    cipher.doFinal(pkcs8)).getEncoded("DER"));
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("the JDK has PBKDF2 and AES", e);
        }
    }

    private Cipher cipher(int mode, Pin passphrase) throws GeneralSecurityException {
        char[] characters = passphrase.characters(SecretAccess.grantedForUse());
        PBEKeySpec spec = new PBEKeySpec(characters, salt.toByteArray(), iterations, keyBits);
        byte[] key = null;
        try {
            key = SecretKeyFactory.getInstance(pbkdf2).generateSecret(spec).getEncoded();
            Cipher cipher = Cipher.getInstance(AES_CBC);
            cipher.init(mode, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv.toByteArray()));
            return cipher;
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
            if (key != null) {
                Arrays.fill(key, (byte) 0);
            }
        }
    }
}
