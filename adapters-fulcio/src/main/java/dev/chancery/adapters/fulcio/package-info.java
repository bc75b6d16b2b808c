/// Clients of Sigstore's services over HTTP: Fulcio (API v2), Rekor (v1 and v2), RFC 3161 timestamp authorities.
///
/// What they return is well-formed and no more; whether it is true is the verification engine's question.
@NullMarked
package dev.chancery.adapters.fulcio;

import org.jspecify.annotations.NullMarked;
