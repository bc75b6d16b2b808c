package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.util.Optional;

/// The points of a curve `y² = x³ + ax + b` over a prime field whose prime leaves 3 when divided by 4.
final class EcPoints {
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

    /// A NIST curve, with the JDK's constants.
    static EcPoints of(Curve curve) {
        try {
            AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
            parameters.init(new ECGenParameterSpec(curve.secName()));
            ECParameterSpec spec = parameters.getParameterSpec(ECParameterSpec.class);
            return new EcPoints(((ECFieldFp) spec.getCurve().getField()).getP(), spec.getCurve().getA(), spec.getCurve().getB(),
                    curve.fieldLength());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has " + curve.nistName(), e);
        }
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
