package dev.chancery.adapters.fido2;

import dev.chancery.domain.key.PublicKey;
import dev.chancery.formats.cbor.Cbor;
import dev.chancery.formats.cbor.CborException;
import dev.chancery.formats.webauthn.CoseKey;
import dev.chancery.ports.crypto.PublicKeyDecoder;
import dev.chancery.ports.crypto.PublicKeyException;

/// Reads the public keys of credentials.
final class CoseKeys {
    static final long ES256 = CoseKey.ES256;
    static final long EDDSA = CoseKey.EDDSA;

    private final PublicKeyDecoder decoder;

    /// @param decoder holds points against their curve
    CoseKeys(PublicKeyDecoder decoder) {
        this.decoder = decoder;
    }

    /// Reads one.
    ///
    /// @throws CborException when it isn't such a key
    PublicKey read(Cbor.Map cose) throws CborException {
        try {
            return decoder.decodeDer(CoseKey.read(cose).subjectPublicKeyInfo());
        } catch (PublicKeyException e) {
            throw new CborException("expected a public key, found one that cannot be: " + e.getMessage());
        }
    }
}
