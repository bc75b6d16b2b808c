/// Where the bytes of artifacts come from.
@NullMarked
package dev.chancery.ports.artifact;

import org.jspecify.annotations.NullMarked;
