/// Tests of the library.
@NullMarked
package dev.chancery.verifier;

import org.jspecify.annotations.NullMarked;
