package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcdsaSignature;
import java.math.BigInteger;

/// Tells whether an ECDSA signature is strict DER (X.690 §10) with r and s from 1 to n-1 (FIPS 186-5 §6.4.2 step 1): it is taken
/// apart, written again, and must come out the same.
final class EcdsaDer {
    /// The orders of the base points (SP 800-186 §3.2.1).
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
    private static final BigInteger P384_ORDER = new BigInteger(
            "ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973", 16);
    private static final BigInteger P521_ORDER = new BigInteger(
            "1fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa"
                    + "51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409", 16);
    /// GB/T 32918.5.
    private static final BigInteger SM2_ORDER =
            new BigInteger("fffffffeffffffffffffffffffffffff7203df6b21c6052b53bbf40939d54123", 16);

    private EcdsaDer() {}

    static boolean isStrict(Curve curve, Bytes der) {
        return isStrict(curve, order(curve), der);
    }

    /// The same for SM2, whose numbers are as long as those of P-256.
    static boolean isStrictSm2(Bytes der) {
        return isStrict(Curve.P_256, SM2_ORDER, der);
    }

    private static boolean isStrict(Curve length, BigInteger order, Bytes der) {
        try {
            Numbers numbers = numbers(der);
            return EcdsaSignature.derFromRaw(length, inRange(length, order, numbers.r()).concat(inRange(length, order, numbers.s()))).equals(der);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
    }

    /// The two numbers of a signature, as they are when it is strict.
    record Numbers(BigInteger r, BigInteger s) {}

    /// Takes a signature apart, without checking that it is strict.
    ///
    /// @throws IndexOutOfBoundsException when it is too short to be
    static Numbers numbers(Bytes der) {
        int header = der.at(1) == 0x81 ? 3 : 2;
        int rLength = der.at(header + 1);
        int sAt = header + 2 + rLength;
        return new Numbers(new BigInteger(1, der.slice(header + 2, sAt).toByteArray()), new BigInteger(1, der.slice(sAt + 2, der.size()).toByteArray()));
    }

    private static BigInteger order(Curve curve) {
        return switch (curve) {
            case P_256 -> P256_ORDER;
            case P_384 -> P384_ORDER;
            case P_521 -> P521_ORDER;
        };
    }

    /// @return as long as the field
    /// @throws IllegalArgumentException when it is 0, n or more
    private static Bytes inRange(Curve length, BigInteger order, BigInteger value) {
        if (value.signum() == 0 || value.compareTo(order) >= 0) {
            throw new IllegalArgumentException("out of range");
        }
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[length.fieldLength()];
        int skip = Math.max(0, bytes.length - out.length);
        System.arraycopy(bytes, skip, out, out.length - (bytes.length - skip), bytes.length - skip);
        return Bytes.copyOf(out);
    }
}
