/// Identity tokens: from the CI systems that Fulcio knows, and from OpenID Connect issuers by the browser flow (RFC 6749 §4.1 with PKCE,
/// RFC 7636, and a loopback redirect, RFC 8252 §7.3) and the device flow (RFC 8628).
@NullMarked
package dev.chancery.adapters.fulcio.oidc;

import org.jspecify.annotations.NullMarked;
