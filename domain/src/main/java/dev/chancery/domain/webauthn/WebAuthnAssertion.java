package dev.chancery.domain.webauthn;

import dev.chancery.domain.bytes.Bytes;
import dev.chancery.domain.digest.Digest;
import dev.chancery.domain.digest.HashAlgorithm;
import dev.chancery.domain.dsse.DssePayload;

/// What a security key or passkey returns when it approves a payload (WebAuthn L3 §5.2.2, `AuthenticatorAssertionResponse`). It does not sign the payload:
/// it signs its own data and the hash of the client's data, in which the challenge is the hash of the payload's encoding.
///
/// @param keyHint base64 of the SHA-256 of the credential's public key, as bundles have it; empty when absent; not authenticated
/// @param authenticatorData what the authenticator says, as it said it; at most [#MAX_PART] bytes
/// @param clientDataJson what the client says, as it said it; at most [#MAX_PART] bytes
/// @param signature DER for ECDSA, plain bytes otherwise; at most [#MAX_PART] bytes
public record WebAuthnAssertion(String keyHint, Bytes authenticatorData, Bytes clientDataJson, Bytes signature) {
    /// Of the written form.
    public static final String MEDIA_TYPE = "application/vnd.chancery.webauthn.v1+json";

    /// The longest part, in bytes.
    public static final int MAX_PART = 16 * 1024;

    /// @throws IllegalArgumentException when a part is too long
    public WebAuthnAssertion {
        if (authenticatorData.size() > MAX_PART || clientDataJson.size() > MAX_PART || signature.size() > MAX_PART) {
            throw new IllegalArgumentException("a part of an assertion is longer than " + MAX_PART + " bytes");
        }
    }

    /// The challenge for a payload: the SHA-256 of its pre-authentication encoding, so that the kind of payload is approved with it.
    public static Digest challenge(DssePayload payload) {
        return payload.preAuthEncoding().digest(HashAlgorithm.SHA_256);
    }

    /// What the signature is over (WebAuthn L3 §7.2, "the binary concatenation of authData and hash").
    public Bytes signedContent() {
        return authenticatorData.concat(HashAlgorithm.SHA_256.digest(clientDataJson).value());
    }
}
