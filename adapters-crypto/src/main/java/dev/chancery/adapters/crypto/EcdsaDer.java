package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcdsaSignature;
import java.math.BigInteger;

/// Tells whether an ECDSA signature is strict DER (X.690 §10) with positive r and s that fit the curve's field: it is taken apart,
/// written again, and must come out the same.
final class EcdsaDer {
    private EcdsaDer() {}

    static boolean isStrict(Curve curve, Bytes der) {
        try {
            int header = der.at(1) == 0x81 ? 3 : 2;
            int rLength = der.at(header + 1);
            Bytes r = der.slice(header + 2, header + 2 + rLength);
            int sAt = header + 2 + rLength;
            Bytes s = der.slice(sAt + 2, der.size());
            Bytes raw = fixed(curve, r).concat(fixed(curve, s));
            return !isZero(r) && !isZero(s) && EcdsaSignature.derFromRaw(curve, raw).equals(der);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isZero(Bytes integer) {
        return new BigInteger(1, integer.toByteArray()).signum() == 0;
    }

    private static Bytes fixed(Curve curve, Bytes integer) {
        BigInteger value = new BigInteger(1, integer.toByteArray());
        if (value.bitLength() > 8 * curve.fieldLength()) {
            throw new IllegalArgumentException("larger than the field");
        }
        byte[] bytes = value.toByteArray();
        byte[] out = new byte[curve.fieldLength()];
        int skip = Math.max(0, bytes.length - out.length);
        System.arraycopy(bytes, skip, out, out.length - (bytes.length - skip), bytes.length - skip);
        return Bytes.copyOf(out);
    }
}
