/// Places of OCI content: registries (OCI distribution spec 1.1), layouts and archives (OCI image spec 1.1, image-layout.md).
@NullMarked
package dev.chancery.adapters.oci;

import org.jspecify.annotations.NullMarked;
