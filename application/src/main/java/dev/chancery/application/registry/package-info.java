/// Signatures beside artifacts in registries, layouts and archives: written, found, and carried along.
@NullMarked
package dev.chancery.application.registry;

import org.jspecify.annotations.NullMarked;
