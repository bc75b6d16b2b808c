package dev.chancery.adapters.fido2;

import dev.chancery.adapters.fido2.cbor.Cbor;
import dev.chancery.adapters.fido2.cbor.CborException;
import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.Curve;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.PublicKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;

/// Reads the public keys of credentials: COSE keys (RFC 9053 §7) for ES256 and EdDSA, as WebAuthn L3 §5.8.5 narrows them.
final class CoseKeys {
    static final long ES256 = -7;
    static final long EDDSA = -8;

    private static final Bytes UNCOMPRESSED = Bytes.fromHex("04");
    private static final long OKP = 1;
    private static final long EC2 = 2;
    private static final long P_256 = 1;
    private static final long ED25519 = 6;

    private final PublicKeyDecoder decoder;

    /// @param decoder holds points against their curve
    CoseKeys(PublicKeyDecoder decoder) {
        this.decoder = decoder;
    }

    /// Reads one.
    ///
    /// @throws CborException when it isn't such a key
    PublicKey read(Cbor.Map cose) throws CborException {
        long type = cose.integer(1);
        long algorithm = cose.integer(3);
        long curve = cose.integer(-1);
        try {
            if (type == EC2 && algorithm == ES256 && curve == P_256) {
                return decoder.decodeDer(new EcPublicKey(Curve.P_256, UNCOMPRESSED.concat(cose.bytes(-2)).concat(cose.bytes(-3))).subjectPublicKeyInfo());
            }
            if (type == OKP && algorithm == EDDSA && curve == ED25519) {
                return decoder.decodeDer(new Ed25519PublicKey(cose.bytes(-2)).subjectPublicKeyInfo());
            }
        } catch (PublicKeyException | IllegalArgumentException e) {
            throw new CborException("expected a public key, found one that cannot be: " + e.getMessage());
        }
        throw new CborException("expected a COSE key for ES256 or EdDSA, found type " + type + ", algorithm " + algorithm + ", curve " + curve);
    }
}
