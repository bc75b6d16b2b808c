/// Tests of certificates and timestamps.
@NullMarked
package dev.chancery.adapters.crypto.x509;

import org.jspecify.annotations.NullMarked;
