/// The one engine: evidence, an artifact and trust go in; a verdict with every step's finding comes out.
@NullMarked
package dev.chancery.verification;

import org.jspecify.annotations.NullMarked;
