/// Tests of formats.
@NullMarked
package dev.chancery.formats;

import org.jspecify.annotations.NullMarked;
