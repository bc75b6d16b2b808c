/// Immutable bytes: the only place where arrays cross a public signature.
@NullMarked
package dev.chancery.domain.bytes;

import org.jspecify.annotations.NullMarked;
