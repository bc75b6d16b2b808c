/// Tests of formats.
@NullMarked
package dev.chancery.formats.intoto;

import org.jspecify.annotations.NullMarked;
