/// Revocation: lists (RFC 5280 §5, §6.3) and OCSP responses (RFC 6960).
@NullMarked
package dev.chancery.adapters.crypto.revocation;

import org.jspecify.annotations.NullMarked;
