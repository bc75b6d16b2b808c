/// Key files against the contract kit, OpenSSL and cosign, and against what goes wrong with files.
@NullMarked
package dev.chancery.adapters.keys;

import org.jspecify.annotations.NullMarked;
