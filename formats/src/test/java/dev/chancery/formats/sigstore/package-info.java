/// Tests of formats.
@NullMarked
package dev.chancery.formats.sigstore;

import org.jspecify.annotations.NullMarked;
