/// Tests of the engine.
@NullMarked
package dev.chancery.verification;

import org.jspecify.annotations.NullMarked;
