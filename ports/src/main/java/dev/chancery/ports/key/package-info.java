/// Private keys that sign where they live, and the back ends that hold them.
@NullMarked
package dev.chancery.ports.key;

import org.jspecify.annotations.NullMarked;
