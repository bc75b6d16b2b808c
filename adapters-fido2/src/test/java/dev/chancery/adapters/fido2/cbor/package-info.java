/// Tests of CBOR.
@NullMarked
package dev.chancery.adapters.fido2.cbor;

import org.jspecify.annotations.NullMarked;
