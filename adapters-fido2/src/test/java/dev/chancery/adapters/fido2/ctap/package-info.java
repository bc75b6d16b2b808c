/// Tests of the commands.
@NullMarked
package dev.chancery.adapters.fido2.ctap;

import org.jspecify.annotations.NullMarked;
