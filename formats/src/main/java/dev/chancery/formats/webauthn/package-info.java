/// Approvals by security keys and passkeys, `application/vnd.chancery.webauthn.v1+json`, and the client data in them.
///
/// ```json
/// {"mediaType": "application/vnd.chancery.webauthn.v1+json", "keyHint": "<base64 of the key's SHA-256>",
///  "authenticatorData": "<base64>", "clientDataJSON": "<base64>", "signature": "<base64>"}
/// ```
///
/// Whoever hands one on can change nothing of it but the hint: the signature covers the authenticator's data and the client's, whose challenge
/// is the hash of the payload. The hint only chooses which signer it is held against.
@NullMarked
package dev.chancery.formats.webauthn;

import org.jspecify.annotations.NullMarked;
