/// Tests of key references.
@NullMarked
package dev.chancery.domain.key;

import org.jspecify.annotations.NullMarked;
