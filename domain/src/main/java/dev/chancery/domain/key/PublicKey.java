package dev.chancery.domain.key;

import dev.chancery.domain.bytes.Bytes;
import java.util.Base64;

/// A public key in its one normal form, from which its id follows: named curve, uncompressed point, the plain algorithm identifier.
/// Whatever encoding a key came in, equal keys are equal here.
public sealed interface PublicKey
        permits EcPublicKey, RsaPublicKey, Ed25519PublicKey, MlDsaPublicKey, GostPublicKey, Sm2PublicKey {
    /// The normalised DER SubjectPublicKeyInfo (RFC 5280 §4.1.2.7).
    Bytes subjectPublicKeyInfo();

    /// The kind and size as a person says it: `ECDSA P-256`, `RSA 3072`.
    String description();

    /// The key's id.
    default KeyId id() {
        return KeyIds.of(this);
    }

    /// The PEM form (RFC 7468 §13), ending with a line break.
    default String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(subjectPublicKeyInfo().toByteArray())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
