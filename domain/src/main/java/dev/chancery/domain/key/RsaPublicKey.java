package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;

/// An RSA public key of 2048 to 4096 bits (FIPS 186-5 §5.1 for the lower bound). Normalised to the plain `rsaEncryption` identifier.
public record RsaPublicKey(BigInteger modulus, BigInteger exponent) implements PublicKey {
    /// The shortest modulus that is used, in bits.
    public static final int MIN_BITS = 2048;

    /// The longest modulus that is used, in bits.
    public static final int MAX_BITS = 4096;

    /// @throws IllegalArgumentException when the size is out of bounds, or the exponent is even, below 3 or above 2^32
    public RsaPublicKey {
        int bits = modulus.bitLength();
        if (modulus.signum() <= 0 || bits < MIN_BITS || bits > MAX_BITS || !modulus.testBit(0)) {
            throw new IllegalArgumentException("an RSA key has an odd modulus of " + MIN_BITS + " to " + MAX_BITS + " bits, not " + bits);
        }
        if (exponent.compareTo(BigInteger.valueOf(3)) < 0 || !exponent.testBit(0) || exponent.bitLength() > 32) {
            throw new IllegalArgumentException("an RSA public exponent is odd, at least 3 and at most 32 bits long");
        }
    }

    /// The size of the modulus, in bits.
    public int bits() {
        return modulus.bitLength();
    }

    @Override
    public Bytes subjectPublicKeyInfo() {
        Bytes key = Der.sequence(Der.integer(modulus), Der.integer(exponent));
        return Der.sequence(Der.sequence(Der.oid("1.2.840.113549.1.1.1"), Der.nullValue()), Der.bitString(key));
    }

    @Override
    public String description() {
        return "RSA " + bits();
    }
}
