package dev.chancery.adapters.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.key.EcPublicKey;
import dev.chancery.domain.key.Ed25519PublicKey;
import dev.chancery.domain.key.MlDsaPublicKey;
import dev.chancery.domain.key.RsaPublicKey;
import java.security.GeneralSecurityException;

/// The arithmetic that providers do at different speeds. Everything that could make them answer differently (encodings, ranges,
/// padding) is decided once, by [StrictSignatureVerifier], before or after. Thread-safe.
interface Primitives {
    /// ECDSA over a digest (FIPS 186-5 §6.4.2).
    ///
    /// @param signature strict DER with r and s in range
    boolean ecdsa(EcPublicKey key, Digest digest, Bytes signature) throws GeneralSecurityException;

    /// `s^e mod n` (RFC 8017 §5.2.2), as long as the modulus.
    ///
    /// @param signature as long as the modulus, and less than it
    Bytes rsa(RsaPublicKey key, Bytes signature) throws GeneralSecurityException;

    /// Pure Ed25519 (RFC 8032 §5.1.7).
    ///
    /// @param signature 64 bytes
    boolean ed25519(Ed25519PublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException;

    /// Pure ML-DSA with an empty context (FIPS 204 §5.3).
    ///
    /// @param signature of the parameter set's length
    boolean mlDsa(MlDsaPublicKey key, Bytes message, Bytes signature) throws GeneralSecurityException;
}
