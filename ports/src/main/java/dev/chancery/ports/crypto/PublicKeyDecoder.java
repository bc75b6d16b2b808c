package dev.chancery.ports.crypto;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.key.PublicKey;

/// Reads public keys from outside into their one normal form. Thread-safe.
public interface PublicKeyDecoder {
    /// The most that is read as a public key, in bytes.
    int MAX_LENGTH = 64 * 1024;

    /// Reads one PEM block `PUBLIC KEY` (RFC 7468 §13), with nothing but white space around it.
    ///
    /// @throws PublicKeyException when it is anything else: several blocks, a private key, a certificate, bad base64
    PublicKey decodePem(Bytes pem) throws PublicKeyException;

    /// Reads a DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7), normalising what has one meaning (a compressed point, RSA with PSS
    /// parameters absent) and refusing the rest: explicit curve parameters, a point that isn't on its curve, trailing bytes.
    ///
    /// @throws PublicKeyException when it can't be read
    PublicKey decodeDer(Bytes subjectPublicKeyInfo) throws PublicKeyException;
}
