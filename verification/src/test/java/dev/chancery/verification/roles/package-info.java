/// Tests of thresholds.
@NullMarked
package dev.chancery.verification.roles;

import org.jspecify.annotations.NullMarked;
