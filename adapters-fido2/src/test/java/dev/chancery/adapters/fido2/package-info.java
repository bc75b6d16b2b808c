/// Tests of talking to security keys.
@NullMarked
package dev.chancery.adapters.fido2;

import org.jspecify.annotations.NullMarked;
