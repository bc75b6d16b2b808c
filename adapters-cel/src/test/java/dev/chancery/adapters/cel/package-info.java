/// Tests of conditions.
@NullMarked
package dev.chancery.adapters.cel;

import org.jspecify.annotations.NullMarked;
