/// The keyring: every key that was ever trusted, with its state and the window in which it was in use.
@NullMarked
package dev.chancery.domain.keyring;

import org.jspecify.annotations.NullMarked;
