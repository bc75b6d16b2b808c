/// Tests of formats.
@NullMarked
package dev.chancery.formats.note;

import org.jspecify.annotations.NullMarked;
