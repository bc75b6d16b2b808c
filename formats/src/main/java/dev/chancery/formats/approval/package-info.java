/// Signing requests (`application/vnd.chancery.signing-request.v1+json`) and answers (`application/vnd.chancery.signing-answer.v1+json`).
///
/// ```json
/// {"mediaType": "application/vnd.chancery.signing-request.v1+json",
///  "request": {"requester": "ada@example.com", "payload": "<base64>", "payloadType": "application/vnd.in-toto+json",
///              "sizes": {"<sha256>": "1234"}, "policy": {"name": "release.yaml", "sha256": "…"},
///              "nonce": "<base64>", "created": "2026-11-21T12:00:00Z", "expires": "2026-11-23T12:00:00Z"},
///  "signature": {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json", …}}
/// ```
///
/// A request's id is the SHA-256 of the RFC 8785 form of `request`. `signature`, where there is one, is a quorum's member over the statement
/// about that id. An answer has the approval statement, and two members: one over it, one over the request's payload.
///
/// Who carries the files may change them. A changed request is another request, with another id and another code; an answer to it is
/// refused by the first. What is claimed in a request (who asks, when, sizes) is shown as claimed.
@NullMarked
package dev.chancery.formats.approval;

import org.jspecify.annotations.NullMarked;
