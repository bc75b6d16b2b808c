/// What the engine asks of cryptographic libraries: encodings go in, typed facts come out.
@NullMarked
package dev.chancery.ports.crypto;

import org.jspecify.annotations.NullMarked;
