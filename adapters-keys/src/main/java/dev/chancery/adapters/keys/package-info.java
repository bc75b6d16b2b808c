/// Private keys in files and environment variables: PKCS#8, plain and encrypted, and cosign's encrypted keys.
@NullMarked
package dev.chancery.adapters.keys;

import org.jspecify.annotations.NullMarked;
