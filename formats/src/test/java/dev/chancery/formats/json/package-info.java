/// Tests of formats.
@NullMarked
package dev.chancery.formats.json;

import org.jspecify.annotations.NullMarked;
