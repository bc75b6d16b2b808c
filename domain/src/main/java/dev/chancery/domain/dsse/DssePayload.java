package dev.chancery.domain.dsse;

import dev.chancery.domain.bytes.Bytes;

/// What a DSSE envelope carries: bytes and what kind they are.
///
/// @param payloadType a media type or URI; authenticated together with the bytes
/// @param content the bytes, at most [#MAX_LENGTH]
public record DssePayload(String payloadType, Bytes content) {
    /// The longest payload, in bytes.
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    /// The payload type of an in-toto statement (attestation spec v1, envelope.md).
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /// @throws IllegalArgumentException when the content is longer than [#MAX_LENGTH]
    public DssePayload {
        if (content.size() > MAX_LENGTH) {
            throw new IllegalArgumentException("a payload of " + content.size() + " bytes is longer than " + MAX_LENGTH);
        }
    }

    /// The bytes that are signed.
    public PreAuthEncoding preAuthEncoding() {
        return PreAuthEncoding.of(payloadType, content);
    }
}
