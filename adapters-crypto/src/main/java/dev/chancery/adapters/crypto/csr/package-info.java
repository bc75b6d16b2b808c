/// PKCS #10 certification requests (RFC 2986): what a certificate authority is given to certify a key of a token or file.
@NullMarked
package dev.chancery.adapters.crypto.csr;

import org.jspecify.annotations.NullMarked;
