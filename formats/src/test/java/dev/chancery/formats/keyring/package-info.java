/// Tests of keyrings.
@NullMarked
package dev.chancery.formats.keyring;

import org.jspecify.annotations.NullMarked;
