package dev.chancery.adapters.kms.fake;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.testkit.key.JdkPublicKeys;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.util.Arrays;
import java.util.HexFormat;

/// A key pair of the JDK's that signs what a service is sent: a digest, or for Ed25519 the message.
public record FakeKey(KeyPair pair) {
    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
    private static final byte[] DIGEST_INFO = HexFormat.of().parseHex("3031300d060960864801650304020105000420");

    /// An EC key of a named curve, such as `secp256r1`.
    public static FakeKey ec(String curve) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec(curve));
        return new FakeKey(generator.generateKeyPair());
    }

    public static FakeKey rsa(int bits) throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return new FakeKey(generator.generateKeyPair());
    }

    public static FakeKey ed25519() throws GeneralSecurityException {
        return new FakeKey(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
    }

    /// The public half as this project has it.
    public PublicKey publicKey() {
        return JdkPublicKeys.fromJdk(pair.getPublic());
    }

    byte[] sign(String jdkAlgorithm, byte[] input) throws GeneralSecurityException {
        Signature signer = Signature.getInstance(jdkAlgorithm);
        signer.initSign(pair.getPrivate());
        signer.update(input);
        return signer.sign();
    }

    /// ECDSA over a digest, as DER.
    public ByteBuffer ecdsa(ByteBuffer digest) throws GeneralSecurityException {
        return ByteBuffer.wrap(sign("NONEwithECDSA", array(digest)));
    }

    /// ECDSA over a digest, r and s side by side (IEEE P1363).
    public ByteBuffer ecdsaP1363(ByteBuffer digest) throws GeneralSecurityException {
        return ByteBuffer.wrap(sign("NONEwithECDSAinP1363Format", array(digest)));
    }

    /// RSASSA-PKCS1-v1_5 over a SHA-256 digest.
    public ByteBuffer pkcs1(ByteBuffer digest) throws GeneralSecurityException {
        byte[] hash = array(digest);
        byte[] info = Arrays.copyOf(DIGEST_INFO, DIGEST_INFO.length + hash.length);
        System.arraycopy(hash, 0, info, DIGEST_INFO.length, hash.length);
        return ByteBuffer.wrap(sign("NONEwithRSA", info));
    }

    /// Pure Ed25519 over a message.
    public ByteBuffer ed25519(ByteBuffer message) throws GeneralSecurityException {
        return ByteBuffer.wrap(sign("Ed25519", array(message)));
    }

    /// RSASSA-PSS over a SHA-256 digest, salt of 32 bytes (RFC 8017 §8.1.1, EMSA-PSS-ENCODE §9.1.1), which the JDK does only over messages.
    public ByteBuffer pss(ByteBuffer digest) throws GeneralSecurityException {
        RSAPublicKey publicKey = (RSAPublicKey) pair.getPublic();
        int bits = publicKey.getModulus().bitLength() - 1;
        int length = (bits + 7) / 8;
        byte[] salt = new byte[32];
        new SecureRandom().nextBytes(salt);
        ByteArrayOutputStream prime = new ByteArrayOutputStream();
        prime.writeBytes(new byte[8]);
        prime.writeBytes(array(digest));
        prime.writeBytes(salt);
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(prime.toByteArray());
        byte[] block = new byte[length - 33];
        block[block.length - 33] = 1;
        System.arraycopy(salt, 0, block, block.length - 32, 32);
        byte[] mask = mgf1(hash, block.length);
        byte[] encoded = new byte[length];
        for (int i = 0; i < block.length; i++) {
            encoded[i] = (byte) (block[i] ^ mask[i]);
        }
        encoded[0] &= (byte) (0xff >> (8 * length - bits));
        System.arraycopy(hash, 0, encoded, block.length, 32);
        encoded[length - 1] = (byte) 0xbc;
        RSAPrivateKey privateKey = (RSAPrivateKey) pair.getPrivate();
        byte[] signature = new BigInteger(1, encoded).modPow(privateKey.getPrivateExponent(), privateKey.getModulus()).toByteArray();
        byte[] fixed = new byte[(publicKey.getModulus().bitLength() + 7) / 8];
        int used = Math.min(signature.length, fixed.length);
        System.arraycopy(signature, signature.length - used, fixed, fixed.length - used, used);
        return ByteBuffer.wrap(fixed);
    }

    private static byte[] mgf1(byte[] seed, int length) throws GeneralSecurityException {
        ByteArrayOutputStream mask = new ByteArrayOutputStream();
        for (int counter = 0; mask.size() < length; counter++) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            hash.update(seed);
            mask.writeBytes(hash.digest(ByteBuffer.allocate(4).putInt(counter).array()));
        }
        return Arrays.copyOf(mask.toByteArray(), length);
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }
}
