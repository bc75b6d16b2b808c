/// Certification requests, read and verified by OpenSSL and by the JDK.
@NullMarked
package dev.chancery.adapters.crypto.csr;

import org.jspecify.annotations.NullMarked;
