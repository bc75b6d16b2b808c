/// Certificates: reading them, their paths, and the promises of certificate transparency logs inside them (RFC 5280, RFC 6962).
@NullMarked
package dev.chancery.adapters.crypto.x509;

import org.jspecify.annotations.NullMarked;
