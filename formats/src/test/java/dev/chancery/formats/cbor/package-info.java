/// Tests of CBOR.
@NullMarked
package dev.chancery.formats.cbor;

import org.jspecify.annotations.NullMarked;
