package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import java.math.BigInteger;

/// ECDSA signatures as tokens return them and as bundles carry them.
public final class EcdsaSignature {
    private EcdsaSignature() {}

    /// Turns `r ‖ s`, as PKCS#11 returns it (v3.1 §6.3.1), into the DER that X.509 and Sigstore use (RFC 3279 §2.2.3).
    ///
    /// @throws IllegalArgumentException when the length isn't twice the curve's field length
    public static Bytes derFromRaw(Curve curve, Bytes raw) {
        int half = curve.fieldLength();
        if (raw.size() != 2 * half) {
            throw new IllegalArgumentException("an ECDSA signature on " + curve.nistName() + " has " + 2 * half
                    + " bytes, not " + raw.size());
        }
        BigInteger r = new BigInteger(1, raw.slice(0, half).toByteArray());
        BigInteger s = new BigInteger(1, raw.slice(half, 2 * half).toByteArray());
        return Der.sequence(Der.integer(r), Der.integer(s));
    }
}
