/// Places of OCI content: repositories of registries, layouts in folders, archives.
@NullMarked
package dev.chancery.ports.registry;

import org.jspecify.annotations.NullMarked;
