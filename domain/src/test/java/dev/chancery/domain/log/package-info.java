/// Tests of the rules of transparency logs.
@NullMarked
package dev.chancery.domain.log;

import org.jspecify.annotations.NullMarked;
