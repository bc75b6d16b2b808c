package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;

/// An ECDSA public key on a named curve. That the point is on the curve is checked by whoever decodes keys (adapters-crypto).
///
/// @param point the uncompressed point, `04 ‖ x ‖ y` (SEC 1 §2.3.3)
public record EcPublicKey(Curve curve, Bytes point) implements PublicKey {
    /// @throws IllegalArgumentException when the point isn't uncompressed or has another length than the curve demands
    public EcPublicKey {
        if (point.size() != 1 + 2 * curve.fieldLength() || point.at(0) != 0x04) {
            throw new IllegalArgumentException("not an uncompressed point on " + curve.nistName());
        }
    }

    @Override
    public Bytes subjectPublicKeyInfo() {
        return Der.sequence(Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(curve.oid())), Der.bitString(point));
    }

    @Override
    public String description() {
        return "ECDSA " + curve.nistName();
    }
}
