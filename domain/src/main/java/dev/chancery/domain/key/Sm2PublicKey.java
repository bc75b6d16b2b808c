package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;

/// An SM2 public key on its standard curve (GB/T 32918.5). That the point is on the curve is checked by whoever decodes keys.
///
/// @param point the uncompressed point, `04 ‖ x ‖ y`
public record Sm2PublicKey(Bytes point) implements PublicKey {
    /// The object identifier of the curve, dotted.
    public static final String CURVE_OID = "1.2.156.10197.1.301";

    private static final int LENGTH = 65;

    /// @throws IllegalArgumentException when the point isn't uncompressed
    public Sm2PublicKey {
        if (point.size() != LENGTH || point.at(0) != 0x04) {
            throw new IllegalArgumentException("not an uncompressed point on the curve of SM2");
        }
    }

    @Override
    public Bytes subjectPublicKeyInfo() {
        return Der.sequence(Der.sequence(Der.oid("1.2.840.10045.2.1"), Der.oid(CURVE_OID)), Der.bitString(point));
    }

    @Override
    public String description() {
        return "SM2";
    }
}
