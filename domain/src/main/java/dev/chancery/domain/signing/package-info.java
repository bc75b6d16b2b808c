/// What may be signed, for which purpose, and with which algorithm.
@NullMarked
package dev.chancery.domain.signing;

import org.jspecify.annotations.NullMarked;
