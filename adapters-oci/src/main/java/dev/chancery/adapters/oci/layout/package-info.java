/// OCI image layouts in folders and tar files (image spec, image-layout.md). What refers to another manifest stands in `index.json`
/// without a name; so do other tools find it.
@NullMarked
package dev.chancery.adapters.oci.layout;

import org.jspecify.annotations.NullMarked;
