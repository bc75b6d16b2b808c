/// Identity tokens as they travel: JSON Web Tokens in compact form (RFC 7519, RFC 7515 §3.1; OpenID Connect Core 1.0 §2).
@NullMarked
package dev.chancery.formats.identity;

import org.jspecify.annotations.NullMarked;
