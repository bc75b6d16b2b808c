/// Identity tokens: who is signing, as an OpenID Connect issuer vouches for it.
@NullMarked
package dev.chancery.domain.identity;

import org.jspecify.annotations.NullMarked;
