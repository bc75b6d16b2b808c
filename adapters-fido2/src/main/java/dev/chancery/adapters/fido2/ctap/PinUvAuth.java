package dev.chancery.adapters.fido2.ctap;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// A secret shared with a security key, by which PINs and PIN tokens cross to it: CTAP 2.1 §6.5.6 (protocol one) and §6.5.7 (protocol two).
/// Not thread-safe; closing it overwrites the secret.
final class PinUvAuth implements AutoCloseable {
    static final long ONE = 1;
    static final long TWO = 2;

    private static final int BLOCK = 16;
    private static final int KEY = 32;
    private static final int COORDINATE = 32;

    private final long protocol;
    private final Cbor.Map ownKey;
    private final byte[] aesKey;
    private final byte[] hmacKey;
    private final SecureRandom random;

    private PinUvAuth(long protocol, Cbor.Map ownKey, byte[] aesKey, byte[] hmacKey, SecureRandom random) {
        this.protocol = protocol;
        this.ownKey = ownKey;
        this.aesKey = aesKey;
        this.hmacKey = hmacKey;
        this.random = random;
    }

    /// `encapsulate`: agrees on the secret with the security key's P-256 key.
    ///
    /// @param peer its COSE key
    /// @throws CborException when that is no point on the curve
    static PinUvAuth agree(long protocol, Cbor.Map peer, SecureRandom random) throws CborException {
        byte[] shared = {};
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            KeyPair own = generator.generateKeyPair();
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(own.getPrivate());
            agreement.doPhase(publicKey(peer), true);
            shared = agreement.generateSecret(); // the x coordinate, 32 bytes
            return of(protocol, coseKey((ECPublicKey) own.getPublic()), shared, random);
        } catch (GeneralSecurityException e) {
            throw new CborException("expected a point on P-256 for the key agreement, found that it cannot be used: " + e.getMessage());
        } finally {
            Arrays.fill(shared, (byte) 0);
        }
    }

    /// From the agreed x coordinate (`kdf`).
    static PinUvAuth of(long protocol, Cbor.Map ownKey, byte[] shared, SecureRandom random) throws GeneralSecurityException {
        if (protocol == ONE) {
            byte[] key = java.security.MessageDigest.getInstance("SHA-256").digest(shared);
            return new PinUvAuth(protocol, ownKey, key, key.clone(), random);
        }
        return new PinUvAuth(protocol, ownKey, derived(shared, "CTAP2 AES key"), derived(shared, "CTAP2 HMAC key"), random);
    }

    private static byte[] derived(byte[] shared, String info) throws GeneralSecurityException {
        return KDF.getInstance("HKDF-SHA256").deriveData(HKDFParameterSpec.ofExtract().addIKM(shared).addSalt(new byte[KEY])
                .thenExpand(Bytes.ofUtf8(info).toByteArray(), KEY));
    }

    private static ECPublicKey publicKey(Cbor.Map cose) throws CborException, GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        BigInteger x = new BigInteger(1, cose.bytes(-2).toByteArray());
        BigInteger y = new BigInteger(1, cose.bytes(-3).toByteArray());
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(x, y), parameters.getParameterSpec(ECParameterSpec.class)));
    }

    /// RFC 9053 §7.1, with the algorithm that CTAP 2.1 §6.5.6 wants there although nothing is encrypted with it.
    private static Cbor.Map coseKey(ECPublicKey key) {
        return Cbor.map().put(1, new Cbor.Int(2)).put(3, new Cbor.Int(-25)).put(-1, new Cbor.Int(1))
                .put(-2, new Cbor.ByteString(coordinate(key.getW().getAffineX())))
                .put(-3, new Cbor.ByteString(coordinate(key.getW().getAffineY()))).build();
    }

    private static Bytes coordinate(BigInteger value) {
        byte[] bytes = value.toByteArray();
        int from = Math.max(0, bytes.length - COORDINATE); // a sign byte goes
        return Bytes.copyOf(new byte[COORDINATE - (bytes.length - from)]).concat(Bytes.copyOf(bytes, from, bytes.length - from));
    }

    long protocol() {
        return protocol;
    }

    /// The public key that the security key needs to agree on the same.
    Cbor.Map ownKey() {
        return ownKey;
    }

    /// `encrypt`: AES-256-CBC without padding; protocol two puts a random initialisation vector in front.
    ///
    /// @param plain a whole number of blocks of 16 bytes
    Bytes encrypt(byte[] plain) {
        byte[] vector = new byte[BLOCK];
        if (protocol == TWO) {
            random.nextBytes(vector);
        }
        Bytes encrypted = Bytes.copyOf(cipher(Cipher.ENCRYPT_MODE, vector, plain, 0));
        return protocol == TWO ? Bytes.copyOf(vector).concat(encrypted) : encrypted;
    }

    /// `decrypt`. The caller overwrites the result.
    ///
    /// @throws CborException when it isn't a whole number of blocks
    byte[] decrypt(Bytes encrypted) throws CborException {
        int skip = protocol == TWO ? BLOCK : 0;
        if (encrypted.size() <= skip || encrypted.size() % BLOCK != 0) {
            throw new CborException("expected whole blocks of 16 bytes in a PIN token, found " + encrypted.size() + " bytes");
        }
        byte[] bytes = encrypted.toByteArray();
        return cipher(Cipher.DECRYPT_MODE, protocol == TWO ? Arrays.copyOf(bytes, BLOCK) : new byte[BLOCK], bytes, skip);
    }

    private byte[] cipher(int mode, byte[] vector, byte[] content, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
            cipher.init(mode, new SecretKeySpec(aesKey, "AES"), new IvParameterSpec(vector));
            return cipher.doFinal(content, from, content.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-CBC is in every JDK, and the blocks are whole", e);
        }
    }

    /// `authenticate` with the shared secret: for setting PINs.
    Bytes authenticate(Bytes message) {
        return authenticate(protocol, hmacKey, message);
    }

    /// `authenticate`: HMAC-SHA-256, of which protocol one takes the first 16 bytes.
    static Bytes authenticate(long protocol, byte[] key, Bytes message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            Bytes whole = Bytes.copyOf(mac.doFinal(message.toByteArray()));
            return protocol == ONE ? whole.slice(0, BLOCK) : whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA-256 is in every JDK", e);
        }
    }

    @Override
    public void close() {
        Arrays.fill(aesKey, (byte) 0);
        Arrays.fill(hmacKey, (byte) 0);
    }
}
