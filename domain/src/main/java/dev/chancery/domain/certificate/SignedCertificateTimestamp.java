package dev.chancery.domain.certificate;

import dev.chancery.domain.bytes.Bytes;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A certificate transparency log's signed promise to include a certificate (RFC 6962 §3.2), as it stands in that certificate.
///
/// @param logId SHA-256 of the log's SubjectPublicKeyInfo, 32 bytes
/// @param timestamp when the log made the promise
/// @param extensions of the promise; they are part of what is signed (static-ct-api: the leaf's index)
/// @param signedData what the signature is over: the certificate without its promises, and the hash of its issuer's key
/// @param schemeOrNull what the promise says it is signed with; null for anything but the two that RFC 6962 §2.1.4 allows
/// @param signature by the log's key
public record SignedCertificateTimestamp(
        Bytes logId, Instant timestamp, Bytes extensions, Bytes signedData, @Nullable Scheme schemeOrNull, Bytes signature) {
    /// What the promise says it is signed with.
    public Optional<Scheme> scheme() {
        return Optional.ofNullable(schemeOrNull);
    }

    /// The signature schemes of RFC 6962 §2.1.4, both with SHA-256.
    public enum Scheme {
        ECDSA_SHA_256,
        RSA_PKCS1_SHA_256
    }
}
