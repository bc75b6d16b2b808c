package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import java.math.BigInteger;
import java.util.Optional;

/// The points of a curve `y² = x³ + ax + b` over a prime field whose prime leaves 3 when divided by 4.
final class EcPoints {
    /// SP 800-186 §3.2.1. Written out, since the JDK's parameters bring its whole provider along, which a single verification can do without.
    private static final EcPoints P256 = nist(
            "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff",
            "5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 32);
    private static final EcPoints P384 = nist(
            "fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffeffffffff0000000000000000ffffffff",
            "b3312fa7e23ee7e4988e056be3f82d19181d9c6efe8141120314088f5013875ac656398d8a2ed19d2a85c8edd3ec2aef", 48);
    private static final EcPoints P521 = nist("1" + "f".repeat(130),
            "51953eb9618e1c9a1f929a21a0b68540eea2da725b99b315f3b8b489918ef109e156193951ec7e937b1652c0bd3bb1bf073573df883d2c34f1ef451fd46b503f00", 66);
    /// GB/T 32918.5.
    static final EcPoints SM2 = new EcPoints(
            new BigInteger("fffffffeffffffffffffffffffffffffffffffff00000000ffffffffffffffff", 16),
            new BigInteger("fffffffeffffffffffffffffffffffffffffffff00000000fffffffffffffffc", 16),
            new BigInteger("28e9fa9e9d9f5e344d5a9e4bcf6509a7f39789f515ab8f92ddbcbd414d940e93", 16), 32);

    private final BigInteger p;
    private final BigInteger a;
    private final BigInteger b;
    private final int length;

    private EcPoints(BigInteger p, BigInteger a, BigInteger b, int length) {
        this.p = p;
        this.a = a;
        this.b = b;
        this.length = length;
    }

    /// On all of them a is p - 3.
    private static EcPoints nist(String p, String b, int length) {
        BigInteger prime = new BigInteger(p, 16);
        return new EcPoints(prime, prime.subtract(BigInteger.valueOf(3)), new BigInteger(b, 16), length);
    }

    /// A NIST curve.
    static EcPoints of(Curve curve) {
        return switch (curve) {
            case P_256 -> P256;
            case P_384 -> P384;
            case P_521 -> P521;
        };
    }

    /// The uncompressed form of a point in any of its forms (SEC 1 §2.3.4; X9.62 §4.3.6 for the hybrid form).
    ///
    /// @return nothing for the point at infinity, a damaged encoding, or a point that isn't on the curve
    Optional<Bytes> uncompressed(Bytes encoded) {
        if (encoded.isEmpty()) {
            return Optional.empty();
        }
        int form = encoded.at(0);
        boolean compressed = form == 2 || form == 3;
        boolean whole = form == 4 || form == 6 || form == 7;
        if (!compressed && !whole || encoded.size() != 1 + (compressed ? length : 2 * length)) {
            return Optional.empty();
        }
        BigInteger x = number(encoded.slice(1, 1 + length));
        BigInteger square = x.pow(3).add(a.multiply(x)).add(b).mod(p);
        BigInteger y = compressed ? root(square, form == 3) : number(encoded.slice(1 + length, encoded.size()));
        boolean sound = x.compareTo(p) < 0 && y.compareTo(p) < 0 && y.multiply(y).mod(p).equals(square)
                && (form <= 4 || y.testBit(0) == (form == 7)) && (!compressed || y.testBit(0) == (form == 3));
        return sound ? Optional.of(Bytes.copyOf(new byte[] {4}).concat(fixed(x)).concat(fixed(y))) : Optional.empty();
    }

    /// One of the two square roots, if there is one; some number if there is none.
    private BigInteger root(BigInteger square, boolean odd) {
        BigInteger root = square.modPow(p.add(BigInteger.ONE).shiftRight(2), p);
        return root.testBit(0) == odd ? root : p.subtract(root);
    }

    private static BigInteger number(Bytes bytes) {
        return new BigInteger(1, bytes.toByteArray());
    }

    private Bytes fixed(BigInteger value) {
        byte[] minimal = value.toByteArray();
        byte[] out = new byte[length];
        int used = Math.min(minimal.length, length);
        System.arraycopy(minimal, minimal.length - used, out, length - used, used);
        return Bytes.copyOf(out);
    }
}
