package dev.chancery.adapters.pkcs11;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;

/// CKA_EC_PARAMS: the DER object identifiers of curves (RFC 5480 §2.1.1.1, RFC 8410 §3).
final class CurveParameters {
    /// id-Ed25519. PKCS#11 v3.1 §6.3.6 also has the name as a PrintableString; tokens take the identifier.
    static final Bytes ED25519 = Bytes.fromHex("06032b6570");

    private CurveParameters() {}

    static Bytes of(Curve curve) {
        return switch (curve) {
            case P_256 -> Bytes.fromHex("06082a8648ce3d030107");
            case P_384 -> Bytes.fromHex("06052b81040022");
            case P_521 -> Bytes.fromHex("06052b81040023");
        };
    }
}
