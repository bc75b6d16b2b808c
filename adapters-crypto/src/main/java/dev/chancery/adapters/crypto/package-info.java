/// Signatures and public keys: one set of rules, with the arithmetic of the JDK or of AWS-LC below it.
@NullMarked
package dev.chancery.adapters.crypto;

import org.jspecify.annotations.NullMarked;
