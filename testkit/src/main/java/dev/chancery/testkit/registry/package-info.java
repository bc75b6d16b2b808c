/// A registry in memory, behind a socket on loopback, that does what registries do and, where a test says so, what they must not.
@NullMarked
package dev.chancery.testkit.registry;

import org.jspecify.annotations.NullMarked;
