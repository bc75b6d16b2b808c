/// Tests of revocation lists and OCSP responses against another implementation.
@NullMarked
package dev.chancery.adapters.crypto.revocation;

import org.jspecify.annotations.NullMarked;
