package dev.chancery.domain.dsse;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import java.security.MessageDigest;

/// The bytes that a DSSE signature is over (DSSE v1.0.2 protocol.md, *Signature Definition*):
/// `"DSSEv1" SP LEN(type) SP type SP LEN(body) SP body`, lengths in bytes, in ASCII decimal.
///
/// @param header everything before the body
/// @param body the payload as it is
public record PreAuthEncoding(Bytes header, Bytes body) {
    /// How every encoding begins.
    public static final Bytes MARKER = Bytes.ofUtf8("DSSEv1 ");

    static PreAuthEncoding of(String payloadType, Bytes payload) {
        int typeLength = Bytes.ofUtf8(payloadType).size();
        return new PreAuthEncoding(Bytes.ofUtf8("DSSEv1 " + typeLength + " " + payloadType + " " + payload.size() + " "), payload);
    }

    /// Header and body in one.
    public Bytes bytes() {
        return header.concat(body);
    }

    /// The digest of the encoding, without joining it first.
    public Digest digest(HashAlgorithm algorithm) {
        MessageDigest hash = algorithm.newMessageDigest();
        header.updateTo(hash);
        body.updateTo(hash);
        return new Digest(algorithm, Bytes.copyOf(hash.digest()));
    }
}
