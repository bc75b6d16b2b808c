package dev.chancery.formats.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;

/// Reads the public keys of credentials: COSE keys (RFC 9053 §7) for ES256 and EdDSA, as WebAuthn L3 §5.8.5 narrows them.
///
/// @param algorithm COSE's number
/// @param subjectPublicKeyInfo DER; that a point is on its curve is for the decoder to check
public record CoseKey(long algorithm, Bytes subjectPublicKeyInfo) {
    /// ECDSA on P-256 with SHA-256.
    public static final long ES256 = -7;

    /// Ed25519.
    public static final long EDDSA = -8;

    private static final Bytes UNCOMPRESSED = Bytes.fromHex("04");
    private static final long OKP = 1;
    private static final long EC2 = 2;
    private static final long P_256 = 1;
    private static final long ED25519 = 6;

    /// Reads one.
    ///
    /// @throws CborException when it isn't such a key
    public static CoseKey read(Cbor.Map cose) throws CborException {
        long type = cose.integer(1);
        long algorithm = cose.integer(3);
        long curve = cose.integer(-1);
        try {
            if (type == EC2 && algorithm == ES256 && curve == P_256) {
                return new CoseKey(algorithm, new EcPublicKey(Curve.P_256, point(cose)).subjectPublicKeyInfo());
            }
            if (type == OKP && algorithm == EDDSA && curve == ED25519) {
                return new CoseKey(algorithm, new Ed25519PublicKey(cose.bytes(-2)).subjectPublicKeyInfo());
            }
        } catch (IllegalArgumentException e) {
            throw new CborException("expected a public key, found one that cannot be: " + e.getMessage());
        }
        throw new CborException("expected a COSE key for ES256 or EdDSA, found type " + type + ", algorithm " + algorithm + ", curve " + curve);
    }

    /// The uncompressed point of an EC2 key (SEC 1 §2.3.3).
    ///
    /// @throws CborException when it has none
    public static Bytes point(Cbor.Map cose) throws CborException {
        return UNCOMPRESSED.concat(cose.bytes(-2)).concat(cose.bytes(-3));
    }
}
