/// Tests of formats.
@NullMarked
package dev.chancery.formats.policy;

import org.jspecify.annotations.NullMarked;
