package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import java.util.Arrays;
import java.util.HexFormat;

/// What an RSA signature has to be when it is raised to the public exponent (RFC 8017 §9). Nothing is parsed: PKCS #1 v1.5 is compared
/// with its one right form, and each byte of PSS is accounted for.
final class RsaEncodings {
    /// DigestInfo of SHA-256 up to the digest (RFC 8017 §9.2 note 1).
    private static final Bytes SHA_256_DIGEST_INFO = Bytes.copyOf(HexFormat.of().parseHex("3031300d060960864801650304020105000420"));
    private static final int HASH = 32;
    private static final int SALT = 32;
    private static final byte TRAILER = (byte) 0xbc;

    private RsaEncodings() {}

    /// EMSA-PKCS1-v1_5 with SHA-256 (RFC 8017 §9.2).
    ///
    /// @param encoded as long as the modulus
    static boolean isPkcs1(Bytes encoded, Digest digest) {
        Bytes info = SHA_256_DIGEST_INFO.concat(digest.value());
        byte[] expected = new byte[encoded.size()];
        Arrays.fill(expected, (byte) 0xff);
        expected[0] = 0;
        expected[1] = 1;
        expected[expected.length - info.size() - 1] = 0;
        System.arraycopy(info.toByteArray(), 0, expected, expected.length - info.size(), info.size());
        return Bytes.copyOf(expected).equals(encoded);
    }

    /// EMSA-PSS with SHA-256, MGF1 with SHA-256 and a salt of 32 bytes (RFC 8017 §9.1.2, whose steps are named).
    ///
    /// @param representative as long as the modulus
    /// @param bits `emBits`: one less than the modulus has
    static boolean isPss(Bytes representative, int bits, Digest digest) {
        int length = (bits + 7) / 8;
        Bytes encoded = representative.slice(representative.size() - length, representative.size());
        if (representative.size() > length && representative.at(0) != 0) {
            return false;
        }
        // Steps 3 and 4. A key of 2048 bits is longer than hash, salt and two bytes.
        if (encoded.at(length - 1) != (TRAILER & 0xff)) {
            return false;
        }
        Bytes hash = encoded.slice(length - HASH - 1, length - 1);
        byte[] block = encoded.slice(0, length - HASH - 1).toByteArray();
        int unused = 8 * length - bits;
        if ((block[0] & 0xff) >>> (8 - unused) != 0) {
            // Step 6.
            return false;
        }
        byte[] mask = mgf1(hash, block.length);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= mask[i];
        }
        block[0] &= (byte) (0xff >>> unused);
        int one = block.length - SALT - 1;
        for (int i = 0; i < one; i++) {
            if (block[i] != 0) {
                return false;
            }
        }
        if (block[one] != 1) {
            return false;
        }
        // Steps 11 to 14.
        Bytes salted = Bytes.copyOf(new byte[8]).concat(digest.value()).concat(Bytes.copyOf(block, one + 1, SALT));
        return HashAlgorithm.SHA_256.digest(salted).value().equals(hash);
    }

    /// RFC 8017 §B.2.1.
    private static byte[] mgf1(Bytes seed, int length) {
        byte[] mask = new byte[length];
        for (int done = 0, counter = 0; done < length; done += HASH, counter++) {
            Bytes block = seed.concat(Bytes.copyOf(new byte[] {0, 0, 0, (byte) counter}));
            byte[] hash = HashAlgorithm.SHA_256.digest(block).value().toByteArray();
            System.arraycopy(hash, 0, mask, done, Math.min(HASH, length - done));
        }
        return mask;
    }
}
