/// OCI artifacts: where they lie, and their manifests as values (OCI image spec 1.1, OCI distribution spec 1.1).
@NullMarked
package dev.chancery.domain.oci;

import org.jspecify.annotations.NullMarked;
