/// Tests of bytes.
@NullMarked
package dev.chancery.domain.bytes;

import org.jspecify.annotations.NullMarked;
