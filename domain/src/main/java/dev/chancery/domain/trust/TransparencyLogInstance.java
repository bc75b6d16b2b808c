package dev.chancery.domain.trust;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.HashAlgorithm;

/// A transparency log, or a certificate transparency log, that is trusted (protobuf-specs, sigstore_trustroot.proto).
///
/// @param baseUrl where it is; its host is the origin of a Rekor v2 log's checkpoints
/// @param hashAlgorithm of its Merkle tree
/// @param publicKey that signs its promises and checkpoints
/// @param logId SHA-256 of the key's DER SubjectPublicKeyInfo (RFC 6962 §3.2); empty when absent
/// @param checkpointKeyId the key id of its lines in checkpoints (C2SP signed-note); empty when absent, and then to be computed from the key
/// @param operator who runs it, such as `sigstore.dev`: several logs of one operator count once; empty when absent
public record TransparencyLogInstance(
        String baseUrl, HashAlgorithm hashAlgorithm, TrustedKey publicKey, Bytes logId, Bytes checkpointKeyId, String operator) {
    /// @throws IllegalArgumentException when it has neither of the ids
    public TransparencyLogInstance {
        if (logId.isEmpty() && checkpointKeyId.isEmpty()) {
            throw new IllegalArgumentException("a log has an id");
        }
    }
}
