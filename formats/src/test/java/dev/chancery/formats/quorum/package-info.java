/// Tests of quorum bundles.
@NullMarked
package dev.chancery.formats.quorum;

import org.jspecify.annotations.NullMarked;
