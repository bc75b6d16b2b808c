/// Where trust comes from: TUF mirrors, and the files in which what was pulled is kept.
@NullMarked
package dev.chancery.ports.trust;

import org.jspecify.annotations.NullMarked;
