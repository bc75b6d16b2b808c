/// Tests of formats.
@NullMarked
package dev.chancery.formats.pem;

import org.jspecify.annotations.NullMarked;
