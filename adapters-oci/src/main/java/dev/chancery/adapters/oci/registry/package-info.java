/// A repository of a registry (OCI distribution spec 1.1).
@NullMarked
package dev.chancery.adapters.oci.registry;

import org.jspecify.annotations.NullMarked;
