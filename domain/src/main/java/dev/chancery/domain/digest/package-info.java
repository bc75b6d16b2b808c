/// Hash algorithms and digests, always with the length their algorithm demands.
@NullMarked
package dev.chancery.domain.digest;

import org.jspecify.annotations.NullMarked;
