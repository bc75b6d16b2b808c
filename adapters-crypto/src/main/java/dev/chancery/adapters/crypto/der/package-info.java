/// Reads and writes DER (X.690 §8, §10), strictly: definite lengths in their shortest form, nothing left over. For this module only;
/// no other one sees an encoding from inside.
@NullMarked
package dev.chancery.adapters.crypto.der;

import org.jspecify.annotations.NullMarked;
