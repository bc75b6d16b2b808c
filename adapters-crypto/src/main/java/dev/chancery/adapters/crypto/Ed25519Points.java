package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;
import java.util.Set;

/// Which encodings of a point may be an Ed25519 public key.
final class Ed25519Points {
    private static final BigInteger P = BigInteger.TWO.pow(255).subtract(BigInteger.valueOf(19));
    /// RFC 8032 §5.1.
    private static final BigInteger D = BigInteger.valueOf(-121665).multiply(BigInteger.valueOf(121666).modInverse(P)).mod(P);
    /// One of the two y coordinates above zero of the points of order 8; the other is its negative.
    private static final BigInteger ORDER_EIGHT = new BigInteger("7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7", 16);
    /// The y coordinates of the eight points whose order divides the cofactor.
    private static final Set<BigInteger> SMALL_ORDER = Set.of(BigInteger.ZERO, BigInteger.ONE, P.subtract(BigInteger.ONE),
            ORDER_EIGHT, P.subtract(ORDER_EIGHT));

    private Ed25519Points() {}

    /// Whether a point is encoded in its one form (RFC 8032 §5.1.3 step 1: y is less than p) and isn't of small order. Whether it is
    /// on the curve is left to whoever does the arithmetic.
    static boolean isUsableKey(Bytes point) {
        BigInteger y = y(point);
        return y.compareTo(P) < 0 && !SMALL_ORDER.contains(y);
    }

    /// Whether there is an x for the y (RFC 8032 §5.1.3 step 3), found by Euler's criterion.
    static boolean isOnCurve(Bytes point) {
        BigInteger square = y(point).modPow(BigInteger.TWO, P);
        BigInteger x2 = square.subtract(BigInteger.ONE).multiply(D.multiply(square).add(BigInteger.ONE).modInverse(P)).mod(P);
        return x2.modPow(P.shiftRight(1), P).equals(BigInteger.ONE);
    }

    private static BigInteger y(Bytes point) {
        byte[] bigEndian = new byte[point.size()];
        for (int i = 0; i < bigEndian.length; i++) {
            bigEndian[i] = (byte) point.at(bigEndian.length - 1 - i);
        }
        bigEndian[0] &= 0x7f;
        return new BigInteger(1, bigEndian);
    }
}
