/// Verifiers against vectors, and public keys against OpenSSL's.
@NullMarked
package dev.chancery.adapters.crypto;

import org.jspecify.annotations.NullMarked;
