/// OCI manifests and indexes, and cosign 2's payload, as JSON.
@NullMarked
package dev.chancery.formats.oci;

import org.jspecify.annotations.NullMarked;
