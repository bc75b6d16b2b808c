/// Tests of formats.
@NullMarked
package dev.chancery.formats.yaml;

import org.jspecify.annotations.NullMarked;
