/// Tests of the ways to security keys.
@NullMarked
package dev.chancery.adapters.fido2.link;

import org.jspecify.annotations.NullMarked;
