/// Tests of the DER reader.
@NullMarked
package dev.chancery.adapters.crypto.der;

import org.jspecify.annotations.NullMarked;
