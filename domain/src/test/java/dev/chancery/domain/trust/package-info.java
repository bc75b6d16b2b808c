/// Tests of trust.
@NullMarked
package dev.chancery.domain.trust;

import org.jspecify.annotations.NullMarked;
