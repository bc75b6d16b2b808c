/// Quorum bundles, `application/vnd.chancery.quorum.v1+json`: many signatures over one payload.
///
/// ```json
/// {"mediaType": "application/vnd.chancery.quorum.v1+json",
///  "payload": "<base64>", "payloadType": "application/vnd.in-toto+json",
///  "members": [{"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
///               "verificationMaterial": {"publicKey": {"hint": "…"}},
///               "dsseEnvelope": {"signatures": [{"sig": "…"}]}}]}
/// ```
///
/// The payload stands once. A member is told by its media type; a Sigstore bundle is written anew from what was read, without its
/// payload. Members stand in the order of the SHA-256 of their RFC 8785 form, each once, and the whole is written as RFC 8785 has it: the
/// same signatures always give the same bytes, and so the same hash.
///
/// Who makes a quorum can leave members out and add others. So the number of members says nothing: only verified signatures
/// by distinct, expected signers count.
@NullMarked
package dev.chancery.formats.quorum;

import org.jspecify.annotations.NullMarked;
