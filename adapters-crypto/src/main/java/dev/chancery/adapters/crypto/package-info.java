/// Signatures and public keys by the JDK's own providers: the only place that parses DER.
@NullMarked
package dev.chancery.adapters.crypto;

import org.jspecify.annotations.NullMarked;
